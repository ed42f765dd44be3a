import { addDays, addJalaliMonths, type IsoDate } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';
import { endOfLimit, type IsHoliday, type Limit } from '../kit/working-days.ts';

/** Kinds of the by-law: on one's own, supporting others, or named under a supporter. */
export const kinds = ['independent', 'supporter', 'covered'] as const;
export type Kind = (typeof kinds)[number];

export const permitStates = [
  'submitted',
  'clearance',
  'needs_correction',
  'agency_signed',
  'issued',
  'suspended',
  'expired',
  'renewal_asked',
  'renewal_signed',
  'refused',
  'objected',
  'upheld',
  'withdrawn',
  'revoked',
  'ended',
  'void',
] as const;
export type PermitState = (typeof permitStates)[number];

/** States in which the case has a permit, whatever it is worth at the moment. */
export const statesWithPermit = [
  'issued',
  'suspended',
  'expired',
  'renewal_asked',
  'renewal_signed',
  'revoked',
  'ended',
] as const satisfies readonly PermitState[];

/**
 * The state table. Two signatures: the executive agency's, then the labour directorate's
 * (by-law; qazvin.mcls.gov.ir service card). Starred occupations go to their clearing bodies after
 * the agency's first check and come back to it (food path, xn--ngbeab6ar43f.com). Silence past the
 * legal limit issues by itself where the setting says so (licence-facilitation law, msli.ir).
 * `permits.enter` records a permit that an office's own register says was issued before it kept its
 * cases here.
 */
export const permitSteps = defineSteps(permitStates, {
  'permits.submit': { from: [null], to: 'submitted' },
  'permits.enter': { from: [null], to: 'issued' },
  'permits.askClearance': { from: ['submitted'], to: 'clearance' },
  'permits.clear': { from: ['clearance'], to: 'clearance' },
  'permits.completeClearance': { from: ['clearance'], to: 'submitted' },
  'permits.denyClearance': { from: ['clearance'], to: 'submitted' },
  'permits.returnForCorrection': { from: ['submitted'], to: 'needs_correction' },
  'permits.correct': { from: ['needs_correction'], to: 'submitted' },
  'permits.refuse': { from: ['submitted', 'agency_signed'], to: 'refused' },
  'permits.object': { from: ['refused'], to: 'objected' },
  'permits.uphold': { from: ['objected'], to: 'upheld' },
  'permits.overturn': { from: ['objected'], to: 'submitted' },
  'permits.withdraw': {
    from: ['submitted', 'clearance', 'needs_correction', 'agency_signed'],
    to: 'withdrawn',
  },
  'permits.sign': { from: ['submitted'], to: 'agency_signed' },
  'permits.grant': { from: ['agency_signed'], to: 'issued' },
  'permits.grantAutomatically': { from: ['submitted'], to: 'issued' },
  'permits.grantProvisionally': { from: ['submitted'], to: 'issued' },
  'permits.grantBySilence': { from: ['submitted', 'agency_signed'], to: 'issued' },
  'permits.confirm': { from: ['issued'], to: 'issued' },
  'permits.changeAddress': { from: ['issued'], to: 'issued' },
  'permits.changeOccupation': { from: ['issued'], to: 'issued' },
  'permits.suspend': { from: ['issued'], to: 'suspended' },
  'permits.reinstate': { from: ['suspended'], to: 'issued' },
  'permits.expire': { from: ['issued'], to: 'expired' },
  'permits.askRenewal': { from: ['issued', 'expired'], to: 'renewal_asked' },
  'permits.signRenewal': { from: ['renewal_asked'], to: 'renewal_signed' },
  'permits.renew': { from: ['renewal_signed'], to: 'issued' },
  'permits.refuseRenewal': { from: ['renewal_asked', 'renewal_signed'], to: 'issued' },
  'permits.revoke': { from: ['issued', 'suspended', 'expired'], to: 'revoked' },
  'permits.end': { from: ['issued', 'suspended', 'expired'], to: 'ended' },
});
export type PermitVerb = keyof typeof permitSteps.steps;
/** Steps on a case that is there already. */
export type StepVerb = Exclude<PermitVerb, 'permits.submit' | 'permits.enter'>;

/** The ways in which a permit comes to be. */
export const issuingVerbs = [
  'permits.enter',
  'permits.grant',
  'permits.grantAutomatically',
  'permits.grantProvisionally',
  'permits.grantBySilence',
] as const satisfies readonly PermitVerb[];

/** Steps that a person takes on a case from its page (the two that open a case are forms). */
export const caseVerbs = [
  'permits.sign',
  'permits.grant',
  'permits.askClearance',
  'permits.returnForCorrection',
  'permits.correct',
  'permits.refuse',
  'permits.withdraw',
  'permits.clear',
  'permits.denyClearance',
  'permits.object',
  'permits.uphold',
  'permits.overturn',
  'permits.confirm',
  'permits.revoke',
] as const satisfies readonly PermitVerb[];
export type CaseVerb = (typeof caseVerbs)[number];

/** Steps of a permit's life after it is issued, besides its revocation; their actions are in life.ts. */
export const lifeVerbs = [
  'permits.changeAddress',
  'permits.changeOccupation',
  'permits.suspend',
  'permits.reinstate',
  'permits.askRenewal',
  'permits.signRenewal',
  'permits.renew',
  'permits.refuseRenewal',
  'permits.end',
  'permits.expire',
] as const satisfies readonly PermitVerb[];
export type LifeVerb = (typeof lifeVerbs)[number];

/** Those of them that a person takes from the case's page; expiry comes by the clock. */
export const lifeActs = lifeVerbs.filter((verb) => verb !== 'permits.expire');
export type LifeAct = Exclude<LifeVerb, 'permits.expire'>;

/** States of a case's plan in which the case may be referred again. */
export const planStatesBack: readonly string[] = ['returned', 'refused', 'withdrawn'];

/** Whether a case may be referred to a bank: its permit stands, it is nobody's cover, no plan of it is open. */
export function mayBeReferred(it: { state: string; kind: string; planState: string | null }) {
  const free = it.planState === null || planStatesBack.includes(it.planState);
  return it.state === 'issued' && it.kind !== 'covered' && free;
}

/** Steps after which the permit says something else, or is worth something else: each is a version. */
export const versionVerbs: readonly PermitVerb[] = [
  ...issuingVerbs,
  'permits.confirm',
  'permits.changeAddress',
  'permits.changeOccupation',
  'permits.suspend',
  'permits.reinstate',
  'permits.renew',
  'permits.refuseRenewal',
  'permits.revoke',
  'permits.end',
  'permits.expire',
];

/** Steps that approve a part of a permit: whoever took them stands on it. */
export const approvingVerbs: readonly PermitVerb[] = [
  ...issuingVerbs,
  'permits.clear',
  'permits.sign',
  'permits.confirm',
  'permits.changeAddress',
  'permits.changeOccupation',
  'permits.signRenewal',
  'permits.renew',
];

/**
 * Verbs that have to say why, in words that reach the applicant. A return for correction may say it
 * item by item instead; a denied clearance says it beside its number.
 */
const needReason: readonly PermitVerb[] = [
  'permits.returnForCorrection',
  'permits.object',
  'permits.uphold',
  'permits.overturn',
  'permits.suspend',
  'permits.reinstate',
  'permits.refuseRenewal',
  'permits.revoke',
  'permits.end',
];

/** Fields of the application that an agency can ask to have corrected, besides numbered documents. */
export const correctionFields = [
  'name',
  'fatherName',
  'birthOn',
  'mobile',
  'address',
  'postalCode',
  'kind',
  'occupation',
] as const;

/** Who has the next move on a case; `bank` is said by financing once a plan is referred. */
export type Holder = 'agency' | 'clearing' | 'applicant' | 'directorate' | 'bank' | 'nobody';

/** Who has the next move in a permit's state; nobody once it has ended. */
export function holderOf(state: PermitState): Holder {
  switch (state) {
    case 'submitted':
    case 'renewal_asked':
      return 'agency';
    case 'clearance':
      return 'clearing';
    case 'needs_correction':
      return 'applicant';
    case 'agency_signed':
    case 'renewal_signed':
    case 'objected':
      return 'directorate';
    default:
      return 'nobody';
  }
}

/** The setting (days) that bounds how long a case may stay in a state. */
export function deadlineSetting(state: PermitState): string | null {
  switch (state) {
    case 'submitted':
    case 'renewal_asked':
      return 'permits.first_signature_limit';
    case 'clearance':
      return 'permits.clearance_limit';
    case 'needs_correction':
      return 'permits.correction_limit';
    case 'agency_signed':
    case 'renewal_signed':
      return 'permits.second_signature_limit';
    case 'objected':
      return 'permits.appeal_limit';
    default:
      return null;
  }
}

/** The last day to act, ISO, in the unit of the limit's setting; null where the state has no limit. */
export function dueOn(since: string, limit: Limit | null, isHoliday: IsHoliday): string | null {
  return limit === null ? null : endOfLimit(since, limit, isHoliday);
}

/** The last day a permit is valid, ISO; months are Jalali. */
export function validUntil(issuedOn: string, validityMonths: number): string {
  return addDays(addJalaliMonths(issuedOn as IsoDate, validityMonths), -1);
}

/**
 * What every step must satisfy besides the state table.
 * @throws Problem `permits.future_date`, `permits.before_last_step`, `permits.reason_missing` (422)
 */
export function checkStep(
  verb: PermitVerb,
  step: { happenedOn: string; reason?: string | null | undefined },
  before: { stateSince: string | null; today: string },
): void {
  if (step.happenedOn > before.today) {
    throw new Problem('permits.future_date', { given: step.happenedOn });
  }
  if (before.stateSince !== null && step.happenedOn < before.stateSince) {
    throw new Problem('permits.before_last_step', {
      given: step.happenedOn,
      record: before.stateSince,
    });
  }
  if (needReason.includes(verb) && !step.reason?.trim())
    throw new Problem('permits.reason_missing');
}

/**
 * A refusal names the number of an unmet condition or missing document; other reasons are void
 * (licence portal rule).
 * @throws Problem `permits.condition_missing` (422)
 */
export function checkRefusal(
  conditionNumber: number | undefined,
  conditions: ReadonlyMap<number, unknown>,
): number {
  if (conditionNumber === undefined || !conditions.has(conditionNumber)) {
    throw new Problem('permits.condition_missing');
  }
  return conditionNumber;
}

/**
 * The two signatures are by two people.
 * @throws Problem `permits.same_signer` (422)
 */
export function checkSigners(firstSigner: string | null, secondSigner: string | null): void {
  if (secondSigner !== null && firstSigner === secondSigner)
    throw new Problem('permits.same_signer');
}
