import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { inject } from 'vitest';
import { plannedOnce } from '../../src/platform/context.ts';
import type { Database } from '../../src/platform/database.ts';
import { placingOf } from '../../src/platform/distribution.ts';

/** A node of a plan, as EXPLAIN gives it. */
type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
};
type Prepared = { readonly name: string; readonly statement: string; readonly places: number };

/**
 * The statements that were planned once a connection and whose plan walks a table, or all that a province has in it.
 * Such a plan is kept whatever is asked, so it has to go by keys. A statement is read once a run, in a database whose
 * tables the planner is told are large; of those that are empty it knows better, and nothing is said.
 */
export async function walking({ pools }: Database): Promise<string[]> {
  const idle = Array.from({ length: pools.casework.idleCount }, () => pools.casework.connect());
  const clients = await Promise.all(idle);
  try {
    const large = await enlarge(pools.migrator);
    return (await Promise.all(clients.map((client) => walkingOn(client, large)))).flat();
  } finally {
    for (const client of clients) client.release();
  }
}

/** Has the planner take every table that holds something for one of a million rows; their names. */
async function enlarge(owner: pg.Pool): Promise<ReadonlySet<string>> {
  const { rows } = await owner.query(`
    with large as (select c.oid, c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) > 0),
    parts as (select oid from large union all
      select i.indexrelid from pg_index i join large on large.oid = i.indrelid)
    select (select array_agg(name::text) from large) as names,
      count(pg_restore_relation_stats('schemaname', 'public', 'relname', c.relname::text,
        'relpages', 1, 'reltuples', 1e6::real)) as told
    from parts join pg_class c on c.oid = parts.oid`);
  return new Set((rows[0] as { names: string[] | null }).names);
}

async function walkingOn(client: pg.PoolClient, large: ReadonlySet<string>): Promise<string[]> {
  const kept = join(inject('statementsRead'), 'planned');
  const read = new Set(existsSync(kept) ? readFileSync(kept, 'utf8').split('\n') : []);
  const { rows } = await client.query(`select name, statement,
    cardinality(parameter_types) as places from pg_prepared_statements
    where generic_plans > 0 and custom_plans = 0`);
  const found: string[] = [];
  for (const one of rows as Prepared[]) {
    if (read.has(one.name)) continue;
    const walks = faultsOf(await planOf(client, one), large);
    if (walks.length > 0) found.push(`${walks.join('; ')}\n${one.statement}`);
    else appendFileSync(kept, `${one.name}\n`);
  }
  return found;
}

/** The plan that is kept, as the role of a province has it; a savepoint has none. */
async function planOf(
  client: pg.PoolClient,
  { name, places }: Prepared,
): Promise<Plan | undefined> {
  const words = places === 0 ? '' : `(${Array.from({ length: places }, () => 'null').join(', ')})`;
  const asProvince = ['begin', 'set local role karkhaneh_province', "set local app.province = '4'"];
  await client.query([...asProvince, ...plannedOnce].join(';'));
  try {
    const { rows } = await client.query(`explain (format json) execute "${name}"${words}`);
    return (rows[0] as { 'QUERY PLAN': [{ Plan?: Plan }] })['QUERY PLAN'][0].Plan;
  } finally {
    await client.query('rollback');
  }
}

/** What a plan walks, node by node. */
function faultsOf(plan: Plan | undefined, large: ReadonlySet<string>, around?: string): string[] {
  if (!plan) return [];
  // The node over a walk of an index alone has the table's name.
  const { 'Relation Name': table = around, 'Index Name': index, 'Index Cond': by } = plan;
  const inner = (plan.Plans ?? []).flatMap((one) => faultsOf(one, large, table));
  if (table === undefined || !large.has(table) || placingOf(table).as === 'reference') return inner;
  if (plan['Node Type'] === 'Seq Scan') return [`walks ${table}`, ...inner];
  const parts = (by ?? '').split(' AND ');
  const keyless = parts.every((part) => /^\(*(?:\w+\.)?province_id = /.test(part));
  return index && keyless ? [`walks a province by ${index}`, ...inner] : inner;
}
