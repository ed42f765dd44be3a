import { sql } from 'kysely';
import { type Check, type CheckResult, type Difference, differencesShown } from '../checks.ts';
import type { StepSealer } from '../step-seals.ts';
import type { Tx } from '../transaction.ts';
import { type MarkedTable, markedTables } from './catalogue.ts';
import { checkLinks } from './check-links.ts';
import { ofNoProvince } from './mark.ts';
import { type Marked, readMarks } from './read-marks.ts';
import { removedFrom } from './removed.ts';
import { foundBy, listStocks, type Stock, stockMac } from './stock.ts';
import { wholeXid } from './xid-set.ts';

/**
 * What `check --deep` looks at of every table: that each mark is one of the house's and none is missing, that
 * every row was written by a transaction with a mark, that none has gone, and that no row names one that is not
 * there.
 * @param most how many differences each of them names
 */
export function rowChecks(key: StepSealer, most = differencesShown): readonly Check[] {
  const seen = new WeakMap<Tx, Promise<Evidence>>();
  const evidenceOf = (tx: Tx, provinceId: number) => {
    const known = seen.get(tx) ?? readEvidence(tx, provinceId, key);
    seen.set(tx, known);
    return known;
  };
  const cut = ({ checked, differences }: CheckResult) => ({
    checked,
    differences: differences.slice(0, most),
  });
  return [
    {
      name: 'rows.marks',
      run: async (tx, provinceId) => {
        const { marked, faults } = await evidenceOf(tx, provinceId);
        const differences = [...faults, ...(marked?.differences ?? [])];
        return cut({ checked: marked?.checked ?? 0, differences });
      },
    },
    {
      name: 'rows.written',
      run: async (tx, provinceId) =>
        cut(await checkTables(tx, provinceId, await evidenceOf(tx, provinceId))),
    },
    {
      name: 'rows.named',
      run: async (tx, provinceId) => cut(await checkLinks(tx, provinceId, await markedTables(tx))),
    },
  ];
}

type Evidence = {
  readonly stock: Stock | undefined;
  /** Whether a transaction's rows are taken as they were found. */
  readonly found: (xid: bigint) => boolean;
  readonly marked: Marked | undefined;
  readonly faults: readonly Difference[];
  /** The number that the next transaction will have. */
  readonly next: bigint;
};

async function readEvidence(tx: Tx, provinceId: number, sealer: StepSealer): Promise<Evidence> {
  const { rows } = await sql<{ next: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(tx);
  const next = BigInt(rows[0]?.next ?? 0);
  const stocks = await listStocks(tx);
  const faults = stocks.flatMap((stock, at): Difference[] => {
    const what = `stock ${stock.number}`;
    if (stock.number !== at + 1)
      return [{ what, kept: what, recomputed: `stock ${at + 1} removed` }];
    if (stockMac(sealer, stock).equals(stock.mac)) return [];
    return [{ what, kept: stock.mac.toString('hex'), recomputed: 'not what the house wrote' }];
  });
  const stock = stocks.at(-1);
  const never = {
    what: 'stock 1',
    kept: '',
    recomputed: 'no stock was ever taken here, or all of them removed',
  };
  if (!stock) return { stock, found: () => false, marked: undefined, faults: [never], next };
  const found = foundBy(stocks, stock);
  return { stock, found, marked: await readMarks(tx, provinceId, sealer, stock), faults, next };
}

async function checkTables(
  tx: Tx,
  provinceId: number,
  { stock, found: isFound, marked, next }: Evidence,
): Promise<CheckResult> {
  if (!stock || !marked) return { checked: 0, differences: [] };
  const differences: Difference[] = [];
  let checked = 0;
  for (const table of await markedTables(tx)) {
    const found = await checkTable(tx, provinceId, table, { stock, isFound, marked, next });
    checked += found.checked;
    differences.push(...found.differences);
  }
  return { checked, differences };
}

async function checkTable(
  tx: Tx,
  provinceId: number,
  table: MarkedTable,
  {
    stock,
    isFound,
    marked,
    next,
  }: { stock: Stock; isFound: Evidence['found']; marked: Marked; next: bigint },
): Promise<CheckResult> {
  const groups = await rowsByWriter(tx, provinceId, table);
  const checked = groups.reduce((sum, { n }) => sum + n, 0);
  const foreign = groups.filter(({ xid }) => {
    const whole = wholeXid(xid, next);
    return !isFound(whole) && !marked.xids.has(Number(whole));
  });
  const home = table.reference ? ofNoProvince : provinceId;
  const more = (table.reference ? marked.moreOfNone : marked.more).get(table.name) ?? 0;
  const expected = (stock.counts[table.name]?.[home] ?? 0) + more;
  const strange = foreign.reduce((sum, { n }) => sum + n, 0);
  const excess = checked - expected;
  const xids = foreign.map(({ xid }) => xid);
  const differences =
    strange === 0 ? [] : await strangeRows(tx, provinceId, table, { xids, strange, excess });
  if (excess < 0) {
    const gone = { provinceId, table, gone: -excess, groups, stock };
    differences.push(...(await removedFrom(tx, gone)));
  } else if (excess > strange) {
    const [kept, recomputed] = [`${checked} rows`, `${expected} rows`];
    differences.push({ what: `${table.name} inserted`, kept, recomputed });
  }
  return { checked, differences };
}

/** How many rows of a table each transaction has left. */
async function rowsByWriter(tx: Tx, provinceId: number, { name, reference }: MarkedTable) {
  const own = reference ? sql`true` : sql`province_id = ${provinceId}`;
  const { rows } = await sql<{ xid: string; n: number }>`
    select xmin::text as xid, count(*)::integer as n from ${sql.table(name)} where ${own}
    group by xmin`.execute(tx);
  return rows;
}

type Strange = {
  readonly xids: readonly string[];
  readonly strange: number;
  readonly excess: number;
};

async function strangeRows(
  tx: Tx,
  provinceId: number,
  { name, key, reference }: MarkedTable,
  { xids, strange, excess }: Strange,
): Promise<Difference[]> {
  const own = reference ? sql`true` : sql`province_id = ${provinceId}`;
  const keys = sql.join(key.map((column) => sql`${sql.ref(column)}::text`));
  const { rows } = await sql<{ key: string; xid: string }>`
    select concat_ws(' ', ${keys}) as key, xmin::text as xid from ${sql.table(name)}
    where ${own} and xmin = any(${xids}::xid[]) limit ${differencesShown}`.execute(tx);
  const verdict =
    excess === 0 ? 'changed' : excess === strange ? 'inserted' : 'changed or inserted';
  return rows.map((row) => ({
    what: `${name} ${row.key} ${verdict}`,
    kept: `written by transaction ${row.xid}`,
    recomputed: 'the house wrote nothing in that transaction',
  }));
}
