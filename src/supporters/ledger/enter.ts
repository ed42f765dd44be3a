import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps } from '../../platform/history.ts';
import { supporterCounts } from '../counts.ts';
import { openBook } from './book.ts';
import { type EntryInput, type Goods, type Judged, judgeEntry } from './judge-entries.ts';
import { getCovers, lockSupporters } from './lock.ts';
import { openMonths, postPay } from './months.ts';
import { postMovements } from './movements.ts';
import { stateMonths } from './state-months.ts';

/**
 * Writes entries into supporters' ledgers: each a step of the record, what it moves, and the balances and
 * months it moves them to. Any order of days is right; all or none. Needs a transaction that sees the whole
 * province.
 * @returns the steps' ids, in the order of `inputs`
 * @throws Problem `platform.not_found`, `supporters.future_day`, `supporters.too_long_ago`, `supporters.no_contract`,
 * `supporters.not_covered`, `supporters.material_short`, `supporters.not_agreed`, `supporters.under_rate`,
 * `supporters.not_exact`, `supporters.wrong_amount`, `supporters.not_listed`, `supporters.over_limit`,
 * `supporters.over_due`, `supporters.no_month`, `supporters.reason_missing`
 */
export async function enterLedger(
  tx: Tx,
  act: Act,
  inputs: readonly EntryInput[],
): Promise<string[]> {
  if (inputs.length === 0) return [];
  const ids = [...new Set(inputs.map(({ coverId }) => coverId))];
  const asked = await getCovers(tx, act.provinceId, ids);
  const cases = [...new Set([...asked.values()].map(({ caseId }) => caseId))];
  const supporters = await lockSupporters(tx, act.provinceId, cases);
  const covers = await getCovers(tx, act.provinceId, ids);
  const book = await openBook(tx, act.provinceId, supporters, covers);
  const judged = inputs.map((input) => judgeEntry(act, book, input));
  await recordSteps(
    tx,
    act,
    supporterCounts,
    judged.map(({ step }) => step),
  );
  await postEntries(tx, act, judged);
  return judged.map(({ step }) => step.id ?? '');
}

/** Writes what judged entries, or entries taken back, move; their steps are recorded already. */
export async function postEntries(
  tx: Tx,
  act: Act,
  judged: readonly Omit<Judged, 'step'>[],
): Promise<void> {
  const goods = judged.flatMap((one) => one.goods ?? []);
  const pay = judged.flatMap((one) => one.pay ?? []);
  await insertGoods(tx, act, goods);
  await postMovements(
    tx,
    act,
    judged.flatMap(({ movements }) => movements),
  );
  await openMonths(
    tx,
    act.provinceId,
    judged.flatMap(({ month }) => month ?? []),
  );
  await postPay(tx, act, pay);
  await stateMonths(tx, act, pay);
}

async function insertGoods(tx: Tx, act: Act, goods: readonly Goods[]): Promise<void> {
  if (goods.length === 0) return;
  const of = <T>(pick: (one: Goods) => T) => goods.map(pick);
  await sql`
    insert into goods_received (province_id, step_id, case_id, cover_id, product_id, order_id, contract_id,
      sign, accepted_grains, rejected_grains, quality, note, number, rate_rial, earned_rial, happened_on,
      recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.now}::timestamptz
    from unnest(${of((g) => g.stepId)}::uuid[], ${of((g) => g.cover.caseId)}::uuid[],
      ${of((g) => g.cover.id)}::uuid[], ${of((g) => g.input.productId)}::uuid[],
      ${of((g) => g.input.orderId ?? null)}::uuid[], ${of((g) => g.contractId)}::uuid[],
      ${of((g) => g.sign)}::smallint[], ${of((g) => g.input.acceptedGrains.toString())}::bigint[],
      ${of((g) => g.input.rejectedGrains.toString())}::bigint[], ${of((g) => g.input.quality)}::text[],
      ${of((g) => g.input.note ?? null)}::text[], ${of((g) => g.input.number ?? null)}::text[],
      ${of((g) => g.rateRial.toString())}::bigint[], ${of((g) => g.earnedRial.toString())}::bigint[],
      ${of((g) => g.input.happenedOn)}::date[]) as i`.execute(tx);
  const ordered = goods.filter(({ input }) => input.orderId !== undefined);
  if (ordered.length > 0) await fillOrders(tx, act.provinceId, ordered);
}

/** What an order has got; goods of another person or product do not fill it. */
async function fillOrders(tx: Tx, provinceId: number, goods: readonly Goods[]): Promise<void> {
  const of = <T>(pick: (one: Goods) => T) => goods.map(pick);
  const { rows } = await sql<{ id: string }>`
    update work_orders o set received_grains = o.received_grains + d.received
    from (
      select i.id, i.cover_id, i.product_id, sum(i.received)::bigint as received
      from unnest(${of((g) => g.input.orderId)}::uuid[], ${of((g) => g.cover.id)}::uuid[],
        ${of((g) => g.input.productId)}::uuid[],
        ${of((g) => (BigInt(g.sign) * g.input.acceptedGrains).toString())}::bigint[])
        as i(id, cover_id, product_id, received)
      group by 1, 2, 3
    ) d
    where o.province_id = ${provinceId} and o.id = d.id and o.cover_id = d.cover_id
      and o.product_id = d.product_id
    returning o.id`.execute(tx);
  const filled = new Set(rows.map(({ id }) => id));
  const lost = goods.some(({ input }) => !filled.has(input.orderId ?? ''));
  if (lost) throw new Problem('platform.not_found');
}
