import { sql } from 'kysely';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps } from '../../platform/history.ts';
import { toStoredRow } from '../../platform/history-row.ts';
import { reversalOf } from '../../platform/standing.ts';
import { supporterCounts } from '../counts.ts';
import { entryVerbs } from '../rules.ts';
import { postEntries } from './enter.ts';
import type { Goods, Judged } from './judge-entries.ts';
import { getCovers, lockCover } from './lock.ts';
import type { PayEntry, PayKind } from './months.ts';
import type { Movement, MovementKind } from './movements.ts';

/**
 * Takes an entry of the ledger back: the step, everything it moved, and the month it stood in.
 * @throws Problem `platform.not_found`, `supporters.taken_back`, and as `enterLedger` where what would be
 * left breaks a rule
 */
export async function takeBackEntry(
  tx: Tx,
  act: Act,
  { coverId, stepId, reason }: { coverId: string; stepId: string; reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('supporters.reason_missing');
  await lockCover(tx, act.provinceId, coverId);
  const row = await tx
    .selectFrom('history')
    .selectAll()
    .where('province_id', '=', act.provinceId)
    .where('id', '=', stepId)
    .where('sign', '=', 1)
    .where('verb', 'in', [...entryVerbs])
    .where(sql<boolean>`facts ->> 'cover' = ${coverId}`)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  await demandStanding(tx, act.provinceId, stepId);
  const step = reversalOf(toStoredRow(row), normaliseText(reason));
  const [id = ''] = await recordSteps(tx, act, supporterCounts, [step]);
  await postEntries(tx, act, [
    await mirrored(tx, act.provinceId, coverId, { from: stepId, to: id }),
  ]);
}

async function demandStanding(tx: Tx, provinceId: number, stepId: string): Promise<void> {
  const taken = await tx
    .selectFrom('history')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('reverses', '=', stepId)
    .executeTakeFirst();
  if (taken) throw new Problem('supporters.taken_back');
}

/** What an entry moved, the other way round. */
async function mirrored(
  tx: Tx,
  provinceId: number,
  coverId: string,
  { from, to }: { from: string; to: string },
): Promise<Omit<Judged, 'step'>> {
  const moved = await tx
    .selectFrom('material_movements')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('step_id', '=', from)
    .execute();
  const movements = moved.map((row): Movement => {
    const { material_id: materialId, grains } = row;
    const kind = row.kind as MovementKind;
    return {
      stepId: to,
      coverId,
      materialId,
      kind,
      sign: -1,
      grains,
      happenedOn: `${row.happened_on}`,
    };
  });
  const goods = await mirroredGoods(tx, provinceId, from, to);
  const pay = await mirroredPay(tx, provinceId, from, to);
  return { movements, ...(goods ? { goods } : {}), ...(pay ? { pay } : {}) };
}

async function mirroredGoods(tx: Tx, provinceId: number, from: string, to: string) {
  const row = await tx
    .selectFrom('goods_received')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('step_id', '=', from)
    .executeTakeFirst();
  if (!row) return undefined;
  const cover = (await getCovers(tx, provinceId, [row.cover_id])).get(row.cover_id);
  if (!cover) return undefined;
  const goods: Goods = {
    ...{ stepId: to, cover, contractId: row.contract_id, sign: -1 },
    ...{ rateRial: row.rate_rial, earnedRial: row.earned_rial },
    input: {
      productId: row.product_id,
      acceptedGrains: row.accepted_grains,
      rejectedGrains: row.rejected_grains,
      quality: row.quality as Goods['input']['quality'],
      orderId: row.order_id ?? undefined,
      number: row.number ?? undefined,
      note: row.note ?? undefined,
      happenedOn: String(row.happened_on),
    },
  };
  return goods;
}

async function mirroredPay(tx: Tx, provinceId: number, from: string, to: string) {
  const row = await tx
    .selectFrom('pay_entries')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('step_id', '=', from)
    .executeTakeFirst();
  if (!row) return undefined;
  const pay: PayEntry = {
    ...{ stepId: to, coverId: row.cover_id, month: row.month, sign: -1 },
    ...{ kind: row.kind as PayKind, amountRial: row.amount_rial, label: row.label },
    happenedOn: String(row.happened_on),
  };
  return pay;
}
