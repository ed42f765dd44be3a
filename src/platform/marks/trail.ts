import { CompiledQuery, type QueryResult } from 'kysely';
import { tablesWritten } from './tables.ts';

type Counts = Map<string, number>;
/**
 * The numbers of the parts of the transaction that stand and are still open, as an array of xid8; each holds a
 * lock on its own number until it is released.
 */
export const openParts = `(select array_agg(held.xid::text::xid8 order by held.xid) from (
  select (whole.xid >> 32 << 32) + part.xid
    + case when part.xid < (whole.xid & 4294967295) then 4294967296 else 0 end as xid
  from (select pg_current_xact_id()::text::bigint as xid) as whole,
    (select l.transactionid::text::bigint as xid from pg_locks l where l.pid = pg_backend_pid()
      and l.locktype = 'transactionid' and l.mode = 'ExclusiveLock') as part) as held)`;

type Change = { readonly table: string; readonly more: number };
/** Runs a statement in the transaction. */
type Run = <R>(statement: CompiledQuery<R>) => Promise<QueryResult<R>>;

const release = /^\s*release\b/i;
const savepoint = /^\s*(savepoint|rollback\s+to(?:\s+savepoint)?)\s+"?(\w+)/i;

/** Whether a statement opens or ends a part of the transaction. */
export const opensOrEndsPart = (text: string): boolean =>
  release.test(text) || savepoint.test(text);

/** Rows that this transaction has put into each table, less those it took out. */
const changes = `select t.name as "table", (pg_stat_get_xact_tuples_inserted(to_regclass(t.name))
    - pg_stat_get_xact_tuples_deleted(to_regclass(t.name)))::integer as more
  from unnest($1::text[]) as t(name)`;

/**
 * What a transaction has written so far. PostgreSQL counts rows that went back to a savepoint as it counts
 * those that stay, so what was counted at a savepoint is remembered.
 */
export class WriteTrail {
  readonly #tables = new Set<string>();
  readonly #saved = new Map<string, { readonly counts: Counts; readonly opened: number }>();
  /** Rows that are counted and went back to a savepoint. */
  readonly undone: Counts = new Map();
  /** The cases that it opened; those that went back to a savepoint have left the list. */
  opened: string[] = [];
  /** Whether the transaction has parts with numbers of their own. */
  parted = false;
  /** The numbers of parts that were released, some of which may have gone back since. */
  readonly released = new Set<string>();

  get tables(): readonly string[] {
    return [...this.#tables];
  }

  /** Before a statement is sent. */
  note(text: string): void {
    for (const table of tablesWritten(text)) this.#tables.add(table);
  }

  /** Before a part is released, after which its number is to be seen on its rows alone. */
  async lead(text: string, run: Run): Promise<void> {
    if (!release.test(text)) return;
    const asked = CompiledQuery.raw(`select unnest(${openParts})::text as xid`);
    const { rows } = await run(asked as CompiledQuery<{ xid: string }>);
    for (const { xid } of rows) this.released.add(xid);
  }

  /** Behind a statement: what stood at a savepoint, or what went back to one. */
  async follow(text: string, run: Run): Promise<void> {
    const [, verb, name] = savepoint.exec(text) ?? [];
    if (!verb || !name) return;
    this.parted = true;
    const { rows } = await run(CompiledQuery.raw(changes, [this.tables]) as CompiledQuery<Change>);
    const standing = rows.map(
      ({ table, more }) => [table, more - (this.undone.get(table) ?? 0)] as const,
    );
    if (verb.toLowerCase() === 'savepoint') {
      this.#saved.set(name, { counts: new Map(standing), opened: this.opened.length });
      return;
    }
    const saved = this.#saved.get(name);
    this.opened = this.opened.slice(0, saved?.opened);
    for (const [table, more] of standing) {
      const back = more - (saved?.counts.get(table) ?? 0);
      if (back !== 0) this.undone.set(table, (this.undone.get(table) ?? 0) + back);
    }
  }
}
