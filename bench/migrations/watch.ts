import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** The longest that one migration held one table in a way that makes others wait. */
export type Held = {
  /** The migration's name. */
  readonly migration: string;
  readonly table: string;
  /** Readers wait too; else writers alone. */
  readonly readersWait: boolean;
  readonly ms: number;
};

/** Modes that a writer's ROW EXCLUSIVE waits for; for the last even a reader does. */
const modes = ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];

const look = `
  select l.virtualtransaction || ' ' || c.relname || ' ' || (l.mode = 'AccessExclusiveLock') as key, c.relname as table,
    l.mode = 'AccessExclusiveLock' as all,
    (select coalesce(max(name), '') from schema_migrations) as after
  from pg_locks l join pg_class c on c.oid = l.relation
  where l.granted and l.mode = any($1) and c.relname = any($2) and l.database =
    (select oid from pg_database where datname = current_database())`;

/**
 * Looks every few milliseconds at who holds which of `tables`, from outside. What is held for less than a look is not
 * seen; what is seen is
 * as long as from its first look's beginning to its last look's end, so a look too long rather than too short.
 * @param names all migrations in their order, by which a lock is told whose it is
 */
export function watchLocks(url: string, tables: readonly string[], names: readonly string[]) {
  let over = false;
  const seen = new Map<string, { from: number; until: number; held: Omit<Held, 'ms'> }>();
  let slowest = 0;
  const watch = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    while (!over) {
      const from = performance.now();
      const { rows } = await client.query(look, [modes, tables]);
      for (const row of rows as { key: string; table: string; all: boolean; after: string }[]) {
        const migration = names.find((name) => name > row.after) ?? row.after;
        const held = { migration, table: row.table, readersWait: row.all };
        // Whose it is, is known better the later one looks: what has run is a little older than what is held.
        const first = seen.get(row.key)?.from ?? from;
        seen.set(row.key, { from: first, until: performance.now(), held });
      }
      await sleep(2);
      const took = performance.now() - from;
      slowest = Math.max(slowest, took);
    }
    await client.end();
  };
  const watching = watch();
  return {
    /** @returns the locks that were seen, longest first, and how long the slowest look took, milliseconds */
    stop: async (): Promise<{ held: Held[]; slowestLook: number }> => {
      over = true;
      await watching;
      const held = [...seen.values()].map(({ from, until, held: it }) => ({
        ...it,
        ms: until - from,
      }));
      return { held: held.sort((one, other) => other.ms - one.ms), slowestLook: slowest };
    },
  };
}
