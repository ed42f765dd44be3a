import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { nextState } from '../../kit/steps.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { getCasesForUpdate, idIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { beside, reversalOf } from '../../platform/standing.ts';
import { checkStanding } from '../rules.ts';
import { permitsNow } from '../stalls.ts';
import { bazaarCounts } from './counts.ts';
import { withoutStalls } from './fairs.ts';
import { visibleApplications } from './policy.ts';
import {
  type ApplicationRow,
  applicationsForUpdate,
  countAllotted,
  type FairRow,
  getFairForUpdate,
  saveApplications,
  stallsOf,
} from './queries.ts';
import { applicationSteps, type Marks, pointsOf, stallFee } from './rules.ts';
import { standingSteps } from './standing.ts';
import { moveApplications } from './steps.ts';

/** What a maker applies with. */
export type ApplicationInput = {
  readonly fairId: string;
  readonly caseId: string;
  /** The number of a kind of stall of the fair. */
  readonly stall: number;
  readonly brings: string;
};

/**
 * Applies for a stall of a fair.
 * @throws Problem `platform.not_found`, `market.applications_over`, `market.permit_not_valid`,
 * `market.no_such_stall`, `market.applied_already`
 */
export async function applyForStall(tx: Tx, act: Act, input: ApplicationInput): Promise<string> {
  const [id = ''] = await applyForStalls(tx, act, input.fairId, [input]);
  return id;
}

/** The same for many makers at once; all or none. */
async function applyForStalls(
  tx: Tx,
  act: Act,
  fairId: string,
  inputs: readonly ApplicationInput[],
): Promise<string[]> {
  const { provinceId, today } = act;
  const fair = await getFairForUpdate(tx, provinceId, fairId);
  if (fair.state !== 'announced' || today > fair.applyUntilOn) {
    throw new Problem('market.applications_over');
  }
  const numbers = new Set((await stallsOf(tx, provinceId, fairId)).map(({ number }) => number));
  const caseIds = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, provinceId, caseIds);
  const permits = await permitsNow(tx, provinceId, caseIds, today);
  const verb = 'market.applyForStall' as const;
  const state = nextState(applicationSteps, verb, null);
  const made = inputs.flatMap((input) => {
    checkStanding(permits.get(input.caseId)?.standing ?? 'revoked');
    if (!numbers.has(input.stall)) throw new Problem('market.no_such_stall');
    const it = cases.get(input.caseId);
    return it ? [{ id: uuid7(act.now.getTime()), input, it }] : [];
  });
  const rows = made.map(({ id, input, it }) => ({
    ...{ province_id: provinceId, id, fair_id: fairId, case_id: it.id, person_id: it.personId },
    ...{ county_id: it.dims.countyId, stall: input.stall, brings: normaliseText(input.brings) },
    ...{ state, state_since: today, recorded_at: act.now },
  }));
  await tx.insertInto('stall_applications').values(rows).execute();
  const steps = made.map(({ id, input, it }) => ({
    ...{ caseId: it.id, verb, from: null, to: state, happenedOn: today },
    ...{ personId: it.personId, dims: it.dims },
    facts: { ...beside, application: id, fair: fairId, stall: input.stall },
  }));
  await recordSteps(tx, act, bazaarCounts, steps);
  return made.map(({ id }) => id);
}

/** The id of an application, if it is the caller's to see. @throws Problem `platform.not_found` (404) */
export async function visibleApplication(
  tx: Tx,
  provinceId: number,
  principal: Principal,
  code: string,
): Promise<string> {
  const row = await tx
    .selectFrom('stall_applications')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('id', '=', idIn(provinceId, code))
    .where(visibleApplications(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row.id;
}

/** An application and its fair, both locked: the fair first, as everywhere. */
async function lock(
  tx: Tx,
  provinceId: number,
  id: string,
): Promise<{ fair: FairRow; it: ApplicationRow }> {
  const row = await tx
    .selectFrom('stall_applications')
    .select('fair_id')
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const fair = await getFairForUpdate(tx, provinceId, row.fair_id);
  const [it] = await applicationsForUpdate(tx, provinceId, { id });
  return { fair, it: it as ApplicationRow };
}

/** Gives an application its marks, or gives them anew before the draw. @throws Problem `market.marks_wrong` */
export async function scoreApplication(tx: Tx, act: Act, id: string, marks: Marks): Promise<void> {
  const { fair, it } = await lock(tx, act.provinceId, id);
  const points = pointsOf(fair.weights, marks);
  const becomes = { marks, points };
  const verb = 'market.scoreApplication' as const;
  await moveApplications(tx, act, [{ it, verb, becomes, facts: { marks, points } }]);
}

/**
 * Takes an application back. A stall that becomes free goes to the first who waits for one of its kind.
 * @returns the id of that one's application
 * @throws Problem `platform.not_found`, `platform.wrong_state`
 */
export async function withdrawApplication(
  tx: Tx,
  act: Act,
  id: string,
): Promise<string | undefined> {
  const { fair, it } = await lock(tx, act.provinceId, id);
  const becomes = { place: null, feeRial: null };
  const verb = 'market.withdrawApplication' as const;
  await moveApplications(tx, act, await withoutStalls(tx, act, [{ it, verb, becomes }]));
  const { stall, place } = it;
  const next = place === null ? undefined : await giveToNext(tx, act, fair.id, { stall, place });
  await countAllotted(tx, act, fair.id);
  return next;
}

async function giveToNext(
  tx: Tx,
  act: Act,
  fairId: string,
  { stall, place }: { readonly stall: number; readonly place: number },
): Promise<string | undefined> {
  const all = await applicationsForUpdate(tx, act.provinceId, { fairId });
  const [next] = all
    .filter((one) => one.state === 'waiting' && one.stall === stall)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const kind = (await stallsOf(tx, act.provinceId, fairId)).find(({ number }) => number === stall);
  if (!next || !kind) return undefined;
  const feeRial = stallFee(kind.price_rial, kind.discount_bp);
  const facts = { stall, place, points: next.points, fee_rial: String(feeRial) };
  const verb = 'market.allotStall' as const;
  await moveApplications(tx, act, [{ it: next, verb, becomes: { place, feeRial }, facts }]);
  return next.id;
}

/** Records whether a maker was at the fair. @throws Problem `platform.wrong_state`, `market.fair_not_begun` */
export async function recordAttendance(
  tx: Tx,
  act: Act,
  id: string,
  verb: 'market.attendFair' | 'market.missFair',
): Promise<void> {
  const { fair, it } = await lock(tx, act.provinceId, id);
  if (act.today < fair.startsOn) throw new Problem('market.fair_not_begun');
  await moveApplications(tx, act, [{ it, verb }]);
}

/** Records what a maker sold at a fair. @throws Problem `platform.wrong_state` (409) */
export async function reportSales(tx: Tx, act: Act, id: string, salesRial: bigint): Promise<void> {
  const { it } = await lock(tx, act.provinceId, id);
  const verb = 'market.reportSales' as const;
  await moveApplications(tx, act, [{ it, verb, becomes: { salesRial }, rial: salesRial }]);
}

/** Takes reported sales back, so that they can be reported rightly. @throws Problem `platform.wrong_state` (409) */
export async function takeBackSales(tx: Tx, act: Act, id: string, reason: string): Promise<void> {
  const { it } = await lock(tx, act.provinceId, id);
  const step = (await standingSteps(tx, act.provinceId, 'market.reportSales', [id])).get(id);
  if (!step || it.state !== 'reported') {
    throw new Problem('platform.wrong_state', { verb: 'market.takeBackSales', state: it.state });
  }
  await saveApplications(tx, act, [{ ...it, state: 'attended', salesRial: null }]);
  await recordSteps(tx, act, bazaarCounts, [reversalOf(step, normaliseText(reason))]);
}
