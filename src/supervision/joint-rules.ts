import { Problem } from '../kit/problem.ts';
import type { Answers, Signature } from './checklist-rules.ts';

/** An agency that was asked to join a visit. */
export type Party = { readonly organisationId: string; readonly excused: boolean };

function isSignature(one: unknown): one is Signature {
  return typeof one === 'object' && one !== null && 'name' in one;
}

/** Who signed on the glass for each agency that joined; the name by the agency's id. */
export function signersOf(answers: Answers): Map<string, string> {
  const signatures = Object.values(answers).flatMap((answer) =>
    Array.isArray(answer) ? answer.filter(isSignature) : [],
  );
  return new Map(signatures.flatMap(({ party, name }) => (party ? [[party, name] as const] : [])));
}

/** The agencies that were asked to join, did not sign and were not excused. */
export function unsigned(parties: readonly Party[], answers: Answers): string[] {
  const signers = signersOf(answers);
  return parties.flatMap(({ organisationId, excused }) =>
    excused || signers.has(organisationId) ? [] : organisationId,
  );
}

/**
 * Whether an outcome may be recorded: a pass is everybody's who was asked to join. That something is wrong
 * may be found by one alone.
 * @throws Problem `supervision.party_unsigned` (422)
 */
export function checkParties(verb: string, parties: readonly Party[], answers: Answers): void {
  const missing = verb === 'supervision.pass' ? unsigned(parties, answers) : [];
  if (missing.length > 0)
    throw new Problem('supervision.party_unsigned', { count: missing.length });
}
