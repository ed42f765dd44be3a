import { sql } from 'kysely';
import type { Static } from 'typebox';
import { compactKey } from '../kit/persian-text.ts';
import { isProblem, Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Language, Say } from '../platform/language.ts';
import { spokenDetails } from '../platform/problem-document.ts';
import type { Access } from './access.ts';
import type { ImportAnswer } from './answer-contract.ts';
import { giveOrder } from './goods-book.ts';
import { enterLedger } from './ledger/enter.ts';
import type { GoodsQuality } from './ledger/judge-entries.ts';
import { lockSupporter } from './ledger/lock.ts';
import { toGrains, type Unit } from './quantity-rules.ts';
import {
  amountOf,
  dayOf,
  nationalIdOf,
  qualityOf,
  type TableKind,
  type TableRow,
  textOf,
} from './read-table.ts';

type Verdict = Static<typeof ImportAnswer>['rows'][number];

/** What a row means once its person and product are found. */
type Meant = {
  readonly coverId: string;
  readonly productId: string;
  readonly number: string;
  readonly grains: bigint;
  readonly rejected: bigint;
  /** Of what was accepted; empty for an order. */
  readonly quality: GoodsQuality | '';
  readonly note: string;
  readonly day: string;
  readonly place: string;
};

type Known = {
  readonly covers: ReadonlyMap<string, string>;
  readonly products: ReadonlyMap<string, { readonly id: string; readonly unit: Unit }>;
  /** What is recorded under a number already, in the words of {@link contentOf}. */
  readonly recorded: Map<string, string>;
};

/**
 * Takes the rows of a table in, each with its verdict: accepted, unchanged (its number is recorded with the
 * same contents), or rejected with the problem that a person at the page would have met. A check does the
 * same to the last statement and is then rolled back.
 */
export async function importTable(
  tx: Tx,
  act: Act,
  say: Say,
  { access, kind, rows, record, language }: ImportAsked,
): Promise<Static<typeof ImportAnswer>> {
  await lockSupporter(tx, access.provinceId, access.caseId);
  const known = await readKnown(tx, access, kind);
  await sql`savepoint whole_table`.execute(tx);
  const verdicts: Verdict[] = [];
  for (const row of rows)
    verdicts.push(await takeRow(tx, act, { say, language }, { known, kind, row }));
  if (!record) await sql`rollback to savepoint whole_table`.execute(tx);
  const count = (verdict: string) => verdicts.filter((one) => one.verdict === verdict).length;
  return {
    recorded: record,
    read: rows.length,
    accepted: count('accepted'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    rows: verdicts,
  };
}

/** A table that came for a supporter, and whether it is to be recorded. */
export type ImportAsked = {
  readonly access: Access;
  readonly kind: TableKind;
  readonly rows: readonly TableRow[];
  readonly record: boolean;
  readonly language: Language;
};

async function takeRow(
  tx: Tx,
  act: Act,
  { say, language }: { say: Say; language: Language },
  { known, kind, row }: { known: Known; kind: TableKind; row: TableRow },
): Promise<Verdict> {
  await sql`savepoint one_row`.execute(tx);
  try {
    const meant = meaningOf(known, kind, row);
    const content = contentOf(meant);
    const before = known.recorded.get(meant.number);
    if (before === content) return verdictOf(row, 'unchanged');
    if (before !== undefined) throw new Problem('supporters.number_differs');
    await write(tx, act, kind, meant);
    known.recorded.set(meant.number, content);
    return verdictOf(row, 'accepted');
  } catch (error) {
    if (!isProblem(error)) throw error;
    await sql`rollback to savepoint one_row`.execute(tx);
    const [slice = '', name = ''] = error.code.split('.');
    const values = spokenDetails(error.details, language);
    const words = (part: string) => say(`${slice}.problems.${name}.${part}`, values);
    const says = `${words('title')} ${words('next')}`;
    return { ...verdictOf(row, 'rejected'), problem: error.code, says };
  }
}

const verdictOf = ({ row }: TableRow, verdict: string): Verdict => {
  return { row, verdict, problem: null, says: null };
};

/** @throws Problem what a cell of the row is not */
function meaningOf(known: Known, kind: TableKind, { cells }: TableRow): Meant {
  const coverId = known.covers.get(nationalIdOf(cells.person));
  if (!coverId) throw new Problem('supporters.unknown_person');
  const product = known.products.get(compactKey(textOf(cells.product)));
  if (!product) throw new Problem('supporters.unknown_product');
  const grainsIn = (cell: TableRow['cells'][keyof TableRow['cells']]) =>
    toGrains(amountOf(cell), product.unit);
  const orders = kind === 'orders';
  const number = textOf(cells.number);
  if (!number) throw new Problem('supporters.number_missing');
  const grains = grainsIn(orders ? cells.amount : cells.accepted);
  return {
    ...{ coverId, productId: product.id, number, grains },
    quality: orders ? '' : grains === 0n ? 'rejected' : qualityOf(cells.quality),
    note: orders ? '' : textOf(cells.note),
    rejected: orders || !textOf(cells.rejected) ? 0n : grainsIn(cells.rejected),
    day: dayOf(orders ? cells.due : cells.day),
    place: orders ? textOf(cells.place) : '',
  };
}

function contentOf(meant: Omit<Meant, 'number' | 'place'>) {
  const { coverId, productId, grains, rejected, day, quality, note } = meant;
  return [coverId, productId, grains, rejected, day, quality, note].join(' ');
}

async function write(tx: Tx, act: Act, kind: TableKind, meant: Meant): Promise<void> {
  const { coverId, productId, grains, number } = meant;
  if (kind === 'orders') {
    const { day: dueOn, place: deliverTo } = meant;
    await giveOrder(tx, act, { coverId, productId, grains, dueOn, deliverTo, number });
    return;
  }
  await enterLedger(tx, act, [
    {
      ...{ verb: 'supporters.receive', coverId, productId, number, happenedOn: meant.day },
      ...{ acceptedGrains: grains, rejectedGrains: meant.rejected },
      ...{ quality: meant.quality || 'first', note: meant.note || undefined },
    },
  ]);
}

async function readKnown(tx: Tx, access: Access, kind: TableKind): Promise<Known> {
  const { provinceId, caseId } = access;
  const covers = await sql<{ id: string; national_id: string }>`
    select v.id, p.national_id from covers v
    join people p on p.province_id = ${provinceId} and p.id = v.person_id
    where v.province_id = ${provinceId} and v.case_id = ${caseId}::uuid
      and v.state in ('named', 'covered', 'seeking')`.execute(tx);
  const products = await sql<{ id: string; name: string; unit: Unit }>`
    select id, name, unit from work_products
    where province_id = ${provinceId} and case_id = ${caseId}::uuid`.execute(tx);
  return {
    covers: new Map(covers.rows.map((row) => [row.national_id, row.id])),
    products: new Map(products.rows.map((row) => [compactKey(row.name), row])),
    recorded: await recordedNumbers(tx, access, kind),
  };
}

type Recorded = {
  number: string;
  coverId: string;
  productId: string;
  grains: bigint;
  rejected: bigint;
  quality: GoodsQuality | '';
  note: string;
  day: string;
};

async function recordedNumbers(tx: Tx, { provinceId, caseId }: Access, kind: TableKind) {
  const orders = sql<Recorded>`
    select number, cover_id as "coverId", product_id as "productId", ordered_grains as grains,
      0::bigint as rejected, due_on as day, '' as quality, '' as note
    from work_orders where province_id = ${provinceId} and case_id = ${caseId}::uuid
      and number is not null and cancelled_at is null`;
  const deliveries = sql<Recorded>`
    select g.number, g.cover_id as "coverId", g.product_id as "productId", g.accepted_grains as grains,
      g.rejected_grains as rejected, g.happened_on as day, g.quality, coalesce(g.note, '') as note
    from goods_received g where g.province_id = ${provinceId} and g.case_id = ${caseId}::uuid
      and g.number is not null and g.sign = 1
      and not exists (select 1 from history h
        where h.province_id = ${provinceId} and h.reverses = g.step_id)`;
  const { rows } = await (kind === 'orders' ? orders : deliveries).execute(tx);
  return new Map(rows.map((row) => [row.number, contentOf(row)]));
}
