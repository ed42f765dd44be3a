import { Problem } from '../kit/problem.ts';
import type { Kind, PermitVerb } from './rules.ts';

/** One thing to correct: a document or condition by its number, or a field of the form; and what is wrong. */
export type CorrectionItem = {
  readonly number?: number;
  readonly field?: string;
  readonly note: string;
};

/** The reason of a return in words: its own, or what its items say. */
export function saidIn(step: {
  readonly reason?: string | null;
  readonly items?: readonly CorrectionItem[];
}): string | null {
  return step.reason?.trim() || step.items?.map(({ note }) => note.trim()).join(' ') || null;
}

/** A numbered condition or document as far as it says whom it is for. */
type Numbered = {
  readonly occupation_family: string | null;
  readonly applicant_kind: string | null;
  readonly clearance_id: string | null;
};

/** Whether a numbered condition or document is asked of this kind of applicant in this occupation. */
export function isAskedOf(
  condition: Numbered,
  occupation: { readonly family: string; readonly clearance_ids: readonly string[] },
  kind: Kind,
): boolean {
  const { occupation_family: family, applicant_kind, clearance_id } = condition;
  if (family !== null && family !== occupation.family) return false;
  if (applicant_kind !== null && applicant_kind !== kind) return false;
  return clearance_id === null || occupation.clearance_ids.includes(clearance_id);
}

/**
 * What an applicant is asked to correct names a numbered item or a field, and says what is wrong.
 * @throws Problem `permits.item_unknown` (422)
 */
export function checkItems(
  items: readonly CorrectionItem[],
  conditions: ReadonlyMap<number, unknown>,
): void {
  for (const { number, field, note } of items) {
    const named = number === undefined ? field !== undefined : conditions.has(number);
    if (!named || !note.trim()) throw new Problem('permits.item_unknown');
  }
}

/** Which named field of the form each corrected one belongs to. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  firstName: ['name'],
  lastName: ['name'],
  household: ['address', 'postalCode'],
  occupationId: ['occupation'],
};

/**
 * An applicant corrects the fields that were named to them, and no others.
 * @throws Problem `permits.field_not_asked` (422)
 */
export function checkAskedFields(
  given: Readonly<Record<string, unknown>>,
  asked: readonly CorrectionItem[],
): void {
  const named = asked.map(({ field }) => field);
  for (const field of Object.keys(given)) {
    const fits = fieldsOf[field] ?? [field];
    if (!fits.some((one) => named.includes(one))) {
      throw new Problem('permits.field_not_asked', { field });
    }
  }
}

/**
 * The bodies that have to clear an occupation besides the agency that signs for it: a body that is
 * the agency itself clears with its own signature.
 */
export function neededBodies(clearanceIds: readonly string[], agencyId: string): string[] {
  return clearanceIds.filter((body) => body !== agencyId);
}

/** What a clearing body has been asked and has said about a case; days are ISO. */
export type Clearance = {
  readonly bodyId: string;
  readonly state: 'asked' | 'cleared' | 'denied';
  readonly askedOn: string;
  readonly dueOn: string | null;
  readonly answeredOn: string | null;
  /** The body's own number for its answer (a health ID, a letter). */
  readonly reference: string | null;
  /** Number of the unmet condition or document, when denied. */
  readonly condition: number | null;
  readonly reason: string | null;
};

/** A step of the record as far as clearances are told by it. */
export type ClearanceStep = {
  readonly verb: string;
  readonly happenedOn: string;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
};

/** The verbs that say something about a clearance. */
export const clearanceVerbs = [
  'permits.askClearance',
  'permits.clear',
  'permits.denyClearance',
] as const satisfies readonly PermitVerb[];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The clearances of one case as its standing steps tell them, in their order. */
export function toldClearances(steps: readonly ClearanceStep[]): Clearance[] {
  const told = new Map<string, Clearance>();
  for (const { verb, happenedOn, reason, facts } of steps) {
    if (verb === 'permits.askClearance') {
      const nothing = { answeredOn: null, reference: null, condition: null, reason: null };
      const asked = { state: 'asked', askedOn: happenedOn, dueOn: text(facts.due_on) } as const;
      for (const bodyId of facts.bodies as string[])
        told.set(bodyId, { bodyId, ...asked, ...nothing });
      continue;
    }
    const before = told.get(String(facts.body));
    if (!before) continue;
    const cleared = verb === 'permits.clear';
    told.set(before.bodyId, {
      ...before,
      state: cleared ? 'cleared' : 'denied',
      answeredOn: happenedOn,
      reference: text(facts.reference),
      condition: cleared ? null : Number(facts.condition),
      reason,
    });
  }
  return [...told.values()];
}

/** The bodies that are still to be asked, for the first time or again after a denial. */
export function bodiesToAsk(needed: readonly string[], told: readonly Clearance[]): string[] {
  const cleared = told.filter(({ state }) => state === 'cleared').map(({ bodyId }) => bodyId);
  return needed.filter((body) => !cleared.includes(body));
}

/**
 * An applicant may object up to a day (ISO), counted from the refusal.
 * @throws Problem `permits.appeal_over` (422)
 */
export function checkAppeal(until: string | null, happenedOn: string): void {
  if (until !== null && happenedOn > until) throw new Problem('permits.appeal_over', { until });
}

/**
 * An objection is decided by somebody else than the one who refused.
 * @throws Problem `permits.same_decider` (422)
 */
export function checkDeciders(refusedBy: string | null, decidedBy: string | null): void {
  if (decidedBy !== null && refusedBy === decidedBy) throw new Problem('permits.same_decider');
}

/**
 * What an occupation's grade decides about a complete application: issue at once, issue until it is
 * examined, or nothing. Starred occupations wait for their clearance, and a supporter for the
 * agency's visit, which is one of their documents.
 */
export function gradeVerb(
  occupation: { readonly grade: string; readonly starred: boolean },
  kind: Kind,
): 'permits.grantAutomatically' | 'permits.grantProvisionally' | null {
  if (occupation.starred || kind === 'supporter') return null;
  if (occupation.grade === 'automatic') return 'permits.grantAutomatically';
  return occupation.grade === 'provisional' ? 'permits.grantProvisionally' : null;
}
