import { normaliseMobile } from '../kit/identifiers.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { enqueue } from '../platform/jobs.ts';
import { confirmJob, identityState, personOf } from './identity.ts';
import { restatePerson, setPersonMobile } from './identity-queries.ts';

/** What somebody says anew about themselves; what is absent stays. */
export type PersonCorrection = {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly fatherName?: string;
  /** ISO date. */
  readonly birthOn?: string;
  /** In any usual form; messages go there from now on. */
  readonly mobile?: string;
};

/**
 * Corrects what the record says of a person at an office's request. What the civil registry has confirmed
 * is not the applicant's to change; what it has not is asked about again.
 * @throws Problem `accounts.needs_counter` (409), `platform.not_found`
 */
export async function correctPerson(
  tx: Tx,
  act: Act,
  personId: string,
  { mobile, ...who }: PersonCorrection,
): Promise<void> {
  if (mobile !== undefined) {
    const normal = normaliseMobile(mobile);
    if (!normal) throw new Problem('accounts.not_a_mobile', { given: mobile });
    await setPersonMobile(tx, act.provinceId, personId, normal);
  }
  const said = Object.entries(who).filter(([, value]) => value !== undefined);
  if (said.length === 0) return;
  if ((await identityState(tx, act.provinceId, personId)) === 'confirmed') {
    throw new Problem('accounts.needs_counter');
  }
  const person = await personOf(tx, act.provinceId, personId);
  if (!person) throw new Problem('platform.not_found');
  const clean = Object.fromEntries(said.map(([name, value]) => [name, normaliseText(value)]));
  await restatePerson(tx, act, personId, { ...person, ...clean });
  await enqueue(tx, confirmJob, { provinceId: act.provinceId, personId });
}
