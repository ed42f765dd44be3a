import { Problem } from '../../kit/problem.ts';
import { nextState } from '../../kit/steps.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { getCasesForUpdate, idIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { beside } from '../../platform/standing.ts';
import { checkStanding } from '../rules.ts';
import { permitsNow } from '../stalls.ts';
import { materialCounts } from './counts.ts';
import { visibleNeeds } from './policy.ts';
import { closeIfRipe } from './purchases.ts';
import { getPurchaseForUpdate, type NeedRow, needsForUpdate, savePurchase } from './queries.ts';
import { isRipe, needSteps, stepOfUnit } from './rules.ts';
import { moveNeeds } from './steps.ts';

/** What a maker says that they need. */
export type NeedInput = {
  readonly caseId: string;
  readonly materialId: string;
  /** Thousandths of the material's unit. */
  readonly quantity: bigint;
  readonly neededBy: string;
};

/**
 * States a need for a case whose permit is good; nobody is bound by it until it joins a purchase.
 * @returns the need's id
 * @throws Problem `platform.not_found`, `market.permit_not_valid`, `market.quantity_wrong`, `market.day_passed`
 */
export async function stateNeed(tx: Tx, act: Act, input: NeedInput): Promise<string> {
  const [id = ''] = await stateNeeds(tx, act, [input]);
  return id;
}

/** The same for many needs at once; all or none. */
export async function stateNeeds(
  tx: Tx,
  act: Act,
  inputs: readonly NeedInput[],
): Promise<string[]> {
  const caseIds = [...new Set(inputs.map(({ caseId }) => caseId))];
  const cases = await getCasesForUpdate(tx, act.provinceId, caseIds);
  const permits = await permitsNow(tx, act.provinceId, caseIds, act.today);
  const units = await unitsOf(tx, act.provinceId);
  const made = inputs.map((input) => {
    checkStanding(permits.get(input.caseId)?.standing ?? 'revoked');
    checkQuantity(input.quantity, units.get(input.materialId));
    if (input.neededBy < act.today) throw new Problem('market.day_passed');
    return { id: uuid7(act.now.getTime()), input, it: cases.get(input.caseId) };
  });
  const verb = 'market.stateNeed' as const;
  const state = nextState(needSteps, verb, null);
  const rows = made.map(({ id, input, it }) => ({
    ...{ province_id: act.provinceId, id, case_id: input.caseId, person_id: it?.personId ?? '' },
    ...{ county_id: it?.dims.countyId ?? 0, material_id: input.materialId, state },
    ...{ quantity: Number(input.quantity), needed_by_on: input.neededBy },
    ...{ state_since: act.today, recorded_at: act.now },
  }));
  await tx.insertInto('needs').values(rows).execute();
  const steps = made.flatMap(({ id, input, it }) => {
    if (!it) return [];
    const said = { material: input.materialId, quantity: Number(input.quantity) };
    const facts = { ...beside, need: id, ...said, needed_by: input.neededBy };
    const step = { verb, from: null, to: state, happenedOn: act.today, facts };
    return [{ ...step, caseId: it.id, personId: it.personId, dims: it.dims }];
  });
  await recordSteps(tx, act, materialCounts, steps);
  return made.map(({ id }) => id);
}

async function unitsOf(tx: Tx, provinceId: number): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('raw_materials')
    .select(['id', 'unit'])
    .where('province_id', '=', provinceId)
    .execute();
  return new Map(rows.map(({ id, unit }) => [id, unit]));
}

function checkQuantity(quantity: bigint, unit: string | undefined): void {
  if (unit === undefined) throw new Problem('platform.not_found');
  if (quantity <= 0n || quantity % stepOfUnit(unit) !== 0n)
    throw new Problem('market.quantity_wrong');
}

/**
 * The id of a need that a code names, if it is the caller's to see.
 * @throws Problem `platform.not_found` (404)
 */
export async function visibleNeed(
  tx: Tx,
  provinceId: number,
  principal: Principal,
  code: string,
): Promise<string> {
  const id = idIn(provinceId, code);
  const row = await tx
    .selectFrom('needs')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where(visibleNeeds(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row.id;
}

/** The purchase of a need, before anything is locked. */
async function purchaseOf(tx: Tx, provinceId: number, needId: string): Promise<string> {
  const row = await tx
    .selectFrom('needs')
    .select('purchase_id')
    .where('province_id', '=', provinceId)
    .where('id', '=', needId)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  if (row.purchase_id === null) throw new Problem('market.not_in_purchase');
  return row.purchase_id;
}

/** A need and its purchase, both locked: the purchase first, as everywhere. */
export async function lockShare(tx: Tx, provinceId: number, needId: string) {
  const purchaseId = await purchaseOf(tx, provinceId, needId);
  const purchase = await getPurchaseForUpdate(tx, provinceId, purchaseId);
  const [need] = await needsForUpdate(tx, provinceId, { ids: [needId] });
  // It may have left between the two looks.
  if (need?.purchaseId !== purchaseId || need.point === null) {
    throw new Problem('market.not_in_purchase');
  }
  return { purchase, need: need as NeedRow & { purchaseId: string; point: number } };
}

/**
 * Joins a purchase with a need; the one that brings its quantity together closes it.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.purchase_unfit`, `market.no_such_point`,
 * `market.joined_already`, `market.purchase_full`
 */
export async function joinPurchase(
  tx: Tx,
  act: Act,
  to: { readonly needId: string; readonly purchaseId: string; readonly point: number },
): Promise<void> {
  const purchase = await getPurchaseForUpdate(tx, act.provinceId, to.purchaseId);
  const [need] = await needsForUpdate(tx, act.provinceId, { ids: [to.needId] });
  if (!need) throw new Problem('platform.not_found');
  const isFit =
    purchase.materialId === need.materialId &&
    (purchase.countyId === null || purchase.countyId === need.countyId);
  if (!isFit) throw new Problem('market.purchase_unfit');
  if (purchase.state !== 'open' || isRipe(purchase, purchase.pooled, act.today)) {
    throw new Problem('market.purchase_closed');
  }
  await demandPoint(tx, act.provinceId, to);
  const pooled = purchase.pooled + need.quantity;
  const becomes = { purchaseId: purchase.id, point: to.point };
  await moveNeeds(tx, act, [
    { need, verb: 'market.joinPurchase', becomes, facts: { point: to.point } },
  ]);
  await savePurchase(tx, act, purchase.id, { pooled });
  await closeIfRipe(tx, act, { ...purchase, pooled });
}

async function demandPoint(
  tx: Tx,
  provinceId: number,
  { purchaseId, point }: { purchaseId: string; point: number },
): Promise<void> {
  const found = await tx
    .selectFrom('purchase_points')
    .select('number')
    .where('province_id', '=', provinceId)
    .where('purchase_id', '=', purchaseId)
    .where('number', '=', point)
    .executeTakeFirst();
  if (!found) throw new Problem('market.no_such_point', { point });
}

/**
 * Leaves a purchase while it is open; the need stands as it was stated.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.not_in_purchase`, `market.purchase_closed`
 */
export async function leavePurchase(tx: Tx, act: Act, needId: string): Promise<void> {
  const { purchase, need } = await lockShare(tx, act.provinceId, needId);
  if (purchase.state !== 'open') throw new Problem('market.purchase_closed');
  const becomes = { purchaseId: null, point: null };
  await moveNeeds(tx, act, [{ need, verb: 'market.leavePurchase', becomes }]);
  await savePurchase(tx, act, purchase.id, { pooled: purchase.pooled - need.quantity });
}

/** Takes a need back that is in no purchase. @throws Problem `platform.not_found`, `platform.wrong_state` */
export async function withdrawNeed(tx: Tx, act: Act, needId: string): Promise<void> {
  const [need] = await needsForUpdate(tx, act.provinceId, { ids: [needId] });
  if (!need) throw new Problem('platform.not_found');
  await moveNeeds(tx, act, [{ need, verb: 'market.withdrawNeed' }]);
}
