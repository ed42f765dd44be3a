import { encodeCode } from '../../kit/code.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { chanceOf, fingerprintOf } from '../../platform/chance.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { reversalOf } from '../../platform/standing.ts';
import {
  type ApplicationRow,
  applicationsForUpdate,
  countAllotted,
  type FairRow,
  getFairForUpdate,
  stallsOf,
} from './queries.ts';
import { checkDays, checkWeights, type FairKind, rank, stallFee, type Weights } from './rules.ts';
import { standingSteps } from './standing.ts';
import { type ApplicationMove, moveApplications, recordFair } from './steps.ts';

/** A fair as it is announced. */
export type FairInput = {
  readonly kind: FairKind;
  readonly name: string;
  readonly countyId: number;
  readonly place: string;
  readonly about: string;
  readonly applyUntilOn: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly weights: Weights;
  readonly stalls: readonly {
    readonly name: string;
    readonly places: number;
    readonly priceRial: bigint;
    readonly discountBp: number;
  }[];
  /** What decides between equals; kept in the office, its fingerprint is public from now on. */
  readonly seed: string;
};

/** Announces a fair with its stalls and criteria. @throws Problem `market.weights_wrong`, `market.fair_days_wrong` */
export async function announceFair(tx: Tx, act: Act, input: FairInput): Promise<string> {
  checkWeights(input.weights);
  checkDays(input, act.today);
  const id = uuid7(act.now.getTime());
  const key = { province_id: act.provinceId };
  const fingerprint = fingerprintOf(input.seed);
  await tx
    .insertInto('fairs')
    .values({
      ...{ ...key, id, kind: input.kind, name: normaliseText(input.name) },
      ...{ county_id: input.countyId, place: normaliseText(input.place) },
      ...{ about: normaliseText(input.about), state: 'announced', state_since: act.today },
      ...{ apply_until_on: input.applyUntilOn, starts_on: input.startsOn, ends_on: input.endsOn },
      ...{ weights: JSON.stringify(input.weights), seed: input.seed, fingerprint },
      ...{ announced_on: act.today, recorded_at: act.now },
    })
    .execute();
  const stalls = input.stalls.map(({ name, places, priceRial, discountBp }, at) => ({
    ...{ ...key, fair_id: id, number: at + 1, name: normaliseText(name), places },
    ...{ price_rial: priceRial, discount_bp: discountBp },
  }));
  await tx.insertInto('fair_stalls').values(stalls).execute();
  const facts = { weights: input.weights, fingerprint };
  await recordFair(tx, act, { fairId: id, from: null, verb: 'market.announceFair', facts });
  return id;
}

async function saveFair(tx: Tx, { provinceId, today }: Act, id: string, state: string) {
  await tx
    .updateTable('fairs')
    .set({ state, state_since: today })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/**
 * Allots the stalls when applying is over and all are scored: by points, between equals by the seed. Those who
 * got none wait in that order.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.applications_open`, `market.not_all_scored`
 */
export async function drawStalls(tx: Tx, act: Act, fairId: string): Promise<void> {
  const fair = await getFairForUpdate(tx, act.provinceId, fairId);
  if (act.today <= fair.applyUntilOn) {
    throw new Problem('market.applications_open', { until: fair.applyUntilOn });
  }
  const applications = await applicationsForUpdate(tx, act.provinceId, { fairId });
  const unscored = applications.filter(({ state }) => state === 'applied').length;
  if (unscored > 0) throw new Problem('market.not_all_scored', { count: unscored });
  const scored = applications.filter(({ state }) => state === 'scored');
  const facts = { seed: fair.seed, applications: scored.length };
  const step = { fairId, from: fair.state, verb: 'market.drawStalls' } as const;
  const state = await recordFair(tx, act, { ...step, facts });
  const stalls = await stallsOf(tx, act.provinceId, fairId);
  const moves = stalls.flatMap((stall) => {
    const wanting = scored.filter((one) => one.stall === stall.number);
    const order = rank(wanting.map((it) => ranked(act, fair, it)));
    return order.map(({ it }, at) => moveOf(it, at, stall));
  });
  await moveApplications(tx, act, moves);
  await countAllotted(tx, act, fairId);
  await saveFair(tx, act, fairId, state);
}

/** Chance goes by the code that the applicant sees, so that anybody can reckon it. */
function ranked({ provinceId }: Act, { seed }: Pick<FairRow, 'seed'>, it: ApplicationRow) {
  const id = encodeCode(provinceId, it.id);
  return { it, id, points: it.points ?? 0, chance: chanceOf(seed, id) };
}

type Stall = {
  readonly places: number;
  readonly price_rial: bigint;
  readonly discount_bp: number;
};

function moveOf(it: ApplicationRow, at: number, stall: Stall): ApplicationMove {
  const rankNow = at + 1;
  if (at >= stall.places) return { it, verb: 'market.waitForStall', becomes: { rank: rankNow } };
  const feeRial = stallFee(stall.price_rial, stall.discount_bp);
  return {
    ...{ it, verb: 'market.allotStall', becomes: { rank: rankNow, place: rankNow, feeRial } },
    facts: { stall: it.stall, place: rankNow, points: it.points, fee_rial: String(feeRial) },
  };
}

/** Calls a fair off; whoever applied or had a stall is told by their record. */
export async function cancelFair(
  tx: Tx,
  act: Act,
  { fairId, reason }: { readonly fairId: string; readonly reason: string },
): Promise<void> {
  const fair = await getFairForUpdate(tx, act.provinceId, fairId);
  const said = normaliseText(reason);
  const step = { fairId, from: fair.state, verb: 'market.cancelFair', reason: said } as const;
  const state = await recordFair(tx, act, step);
  const applications = await applicationsForUpdate(tx, act.provinceId, { fairId });
  const open = applications.filter(({ state: is }) => stillOpen.includes(is));
  const becomes = { place: null, feeRial: null };
  const moves = open.map((it) => ({ it, verb: 'market.callOff' as const, becomes, reason: said }));
  await moveApplications(tx, act, await withoutStalls(tx, act, moves));
  await countAllotted(tx, act, fairId);
  await saveFair(tx, act, fairId, state);
}

const stillOpen: readonly string[] = ['applied', 'scored', 'waiting', 'allotted'];

/** Ends a fair after its last day. @throws Problem `platform.wrong_state`, `market.fair_not_begun` */
export async function closeFair(tx: Tx, act: Act, fairId: string): Promise<void> {
  const fair = await getFairForUpdate(tx, act.provinceId, fairId);
  if (act.today <= fair.endsOn) throw new Problem('market.fair_not_begun');
  const step = { fairId, from: fair.state, verb: 'market.closeFair' } as const;
  await saveFair(tx, act, fairId, await recordFair(tx, act, step));
}

/** Moves that take the allotted stall back with them, so that no measure counts it any more. */
export async function withoutStalls(
  tx: Tx,
  act: Act,
  moves: readonly ApplicationMove[],
): Promise<ApplicationMove[]> {
  const held = moves.filter(({ it }) => it.place !== null).map(({ it }) => it.id);
  const standing = await standingSteps(tx, act.provinceId, 'market.allotStall', held);
  return moves.map((move) => {
    const step = standing.get(move.it.id);
    if (!step) return move;
    const takesBack = [reversalOf(step, move.reason ?? '')];
    return { ...move, takesBack };
  });
}
