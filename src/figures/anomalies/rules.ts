/** What is out of the ordinary; a sign to look, never a proof. */
export const anomalyKinds = ['silentBank', 'refusals', 'sharedIban', 'underCap'] as const;

/** Numbers of the signs: all assumed, and said on the page beside each sign. */
export const bounds = {
  /** A bank is silent when it is so for this many times its usual pause, and at least these days. */
  silence: { times: 3, days: 10 },
  /** An officer refuses far more: at least so many decisions, so many times the others' share, and so sure. */
  refusals: { decisions: 20, times: 2, deviations: 3 },
  /** An account of a bank named in payments to at least so many people. */
  iban: { people: 2 },
  /** Just under a cap: from this share of it, in at least so many plans, so many times as often as elsewhere. */
  cap: { fromBp: 9_000, toBp: 9_999, plans: 5, times: 2 },
} as const;

/** Whether a pause is far longer than usual; days. */
export function isSilent(silentDays: number, usualDays: number): boolean {
  const { times, days } = bounds.silence;
  return silentDays >= days && silentDays > times * usualDays;
}

/**
 * Whether somebody refuses far more than the others: by how many standard deviations their refusals exceed what
 * the others' share would give.
 */
export function refusesMore(
  own: { readonly decisions: number; readonly refused: number },
  others: { readonly decisions: number; readonly refused: number },
): boolean {
  const { decisions, times, deviations } = bounds.refusals;
  if (own.decisions < decisions || others.decisions < decisions) return false;
  const share = others.refused / others.decisions;
  const expected = own.decisions * share;
  const spread = Math.sqrt(Math.max(own.decisions * share * (1 - share), 1e-9));
  const far = (own.refused - expected) / spread >= deviations;
  return far && own.refused / own.decisions >= times * share;
}

/** Whether loans just under a cap are far more usual here than elsewhere. */
export function crowdsUnderCap(
  own: { readonly plans: number; readonly near: number },
  others: { readonly plans: number; readonly near: number },
): boolean {
  const { plans, times } = bounds.cap;
  if (own.near < plans) return false;
  const elsewhere = others.plans === 0 ? 0 : others.near / others.plans;
  return own.near / own.plans > times * elsewhere;
}
