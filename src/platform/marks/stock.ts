import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { StepSealer } from '../step-seals.ts';
import type { Tx } from '../transaction.ts';
import { type MarkedTable, markedTables } from './catalogue.ts';
import { ofNoProvince } from './mark.ts';

/** How many rows a table has of each province; what is no province's stands under -1. */
type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What was counted once, and from when on rows need marks. */
export type Stock = {
  readonly number: number;
  readonly why: string;
  readonly takenAt: Date;
  /** The number of a transaction; equal in all stocks that take what the first of them found as it was. See {@link foundBy}. */
  readonly foundBefore: bigint;
  /** PostgreSQL's own text for the transactions that the counts know. */
  readonly snapshot: string;
  readonly counts: Counts;
};

/**
 * Counts all rows of the house, so that what goes missing from now on is missed.
 * @param why `first`, or what brought rows that no act of the product wrote
 * @param asFound whether the rows that are there are taken as they are, marked or not
 */
export async function takeStock(
  database: Database,
  sealer: StepSealer,
  { why, asFound }: { readonly why: string; readonly asFound: boolean },
): Promise<void> {
  await database.migratorTransaction(async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    const before = await newestStock(tx);
    const { rows } = await sql<{ snapshot: string; oldest: string; at: Date }>`
      select pg_current_snapshot()::text as snapshot, now() as at,
        pg_snapshot_xmin(pg_current_snapshot())::text as oldest`.execute(tx);
    const now = rows[0];
    if (!now) throw new Error('A snapshot without a row.');
    const stock: Stock = {
      number: (before?.number ?? 0) + 1,
      ...{ why, takenAt: now.at, snapshot: now.snapshot },
      foundBefore: before && !asFound ? before.foundBefore : BigInt(now.oldest),
      counts: await countRows(tx, await markedTables(tx)),
    };
    await sql`insert into stocktakings (province_id, number, why, taken_at, found_before, snapshot, counts, mac)
      values (${ofNoProvince}, ${stock.number}, ${why}, ${now.at}, ${String(stock.foundBefore)}::xid8,
        ${stock.snapshot}::pg_snapshot, ${JSON.stringify(stock.counts)}::jsonb,
        ${stockMac(sealer, stock)})`.execute(tx);
  });
}

/** Takes stock of a house that never did, or whose schema has just changed. */
export async function keepStock(
  database: Database,
  sealer: StepSealer,
  ran: readonly string[],
): Promise<void> {
  const known = await database.migratorTransaction(async (tx) => {
    const { rows } = await sql<{ spread: boolean; marked: boolean }>`
      select exists (select from pg_extension where extname = 'citus') as spread,
        exists (select from write_marks) as marked`.execute(tx);
    return rows[0]?.spread ? undefined : { marked: rows[0]?.marked, newest: await newestStock(tx) };
  });
  if (!known) return;
  // Marks without a stock: somebody took it away, and the check has to say so.
  if (!known.newest && known.marked) return;
  if (!known.newest) await takeStock(database, sealer, { why: 'first', asFound: true });
  else if (ran.length > 0) {
    await takeStock(database, sealer, { why: `migrated to ${ran.at(-1)}`, asFound: false });
  }
}

/** The digest that a stock is sealed with. */
export function stockMac(sealer: StepSealer, stock: Stock): Buffer {
  const { number, why, takenAt, foundBefore, snapshot, counts } = stock;
  const sorted = Object.entries(counts)
    .map(([table, of]) => [table, Object.entries(of).sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [number, why, takenAt.toISOString(), String(foundBefore), snapshot, sorted];
  return sealer.mac(`stock ${JSON.stringify(text)}`);
}

/** All stocks in their order, with the digest of each. */
export async function listStocks(tx: Tx): Promise<(Stock & { readonly mac: Buffer })[]> {
  const rows = await tx
    .selectFrom('stocktakings')
    .selectAll()
    .where('province_id', '=', ofNoProvince)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    ...{ number: row.number, why: row.why, takenAt: row.taken_at, mac: row.mac },
    ...{ foundBefore: BigInt(row.found_before), snapshot: row.snapshot },
    counts: row.counts as Counts,
  }));
}

/**
 * Which transactions' rows a stock takes as they were found: those that had ended when that was said. Not all of earlier
 * numbers: whatever goes on for long anywhere on the server holds the number of the oldest back.
 */
export function foundBy(stocks: readonly Stock[], stock: Stock): (xid: bigint) => boolean {
  const first = stocks.find(({ foundBefore }) => foundBefore === stock.foundBefore) ?? stock;
  // PostgreSQL's text of a snapshot: the oldest that runs, the next that begins, those between that run.
  const [, next = '0', running = ''] = first.snapshot.split(':');
  const open = new Set(running.split(','));
  return (xid) => xid < BigInt(next) && !open.has(String(xid));
}

const newestStock = async (tx: Tx) => (await listStocks(tx)).at(-1);

async function countRows(tx: Tx, tables: readonly MarkedTable[]): Promise<Counts> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { name, reference } of tables) {
    const province = reference ? sql.lit(ofNoProvince) : sql.ref('province_id');
    const { rows } = await sql<{ province: number; n: number }>`
      select ${province} as province, count(*)::integer as n from ${sql.table(name)} group by 1`.execute(
      tx,
    );
    counts[name] = Object.fromEntries(rows.map(({ province: of, n }) => [String(of), n]));
  }
  return counts;
}
