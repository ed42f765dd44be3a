import { normaliseMobile } from '../kit/identifiers.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { IdentityAnswer, IdentityBody, MobileBody } from './contract.ts';
import { identify } from './identity.ts';
import { findIdentity, setPersonMobile, unlinkOthers } from './identity-queries.ts';
import { findByNationalId } from './people.ts';
import { accountPermissions as table } from './policy.ts';

/** A person as they see themselves. */
async function showIdentity(tx: Tx, provinceId: number, personId: string | null) {
  const row = personId === null ? undefined : await findIdentity(tx, provinceId, personId);
  if (!row) return { person: null };
  return {
    person: {
      nationalId: row.national_id,
      idKind: row.id_kind,
      firstName: row.first_name,
      lastName: row.last_name,
      fatherName: row.father_name,
      birthOn: row.birth_on === null ? null : String(row.birth_on),
      sex: row.sex,
      mobile: row.mobile,
      state: row.state,
    },
  };
}

/** Ties a person to the mobile that they showed at a counter, and to no other account than its own. */
async function setMobile(
  tx: Tx,
  provinceId: number,
  given: { nationalId: string; mobile: string },
) {
  const mobile = normaliseMobile(given.mobile);
  if (!mobile) throw new Problem('accounts.not_a_mobile');
  const people = await findByNationalId(tx, provinceId, [given.nationalId]);
  const person = people.get(given.nationalId);
  if (!person) throw new Problem('platform.not_found');
  await setPersonMobile(tx, provinceId, person.id, mobile);
  await unlinkOthers(tx, provinceId, person.id, mobile);
  return showIdentity(tx, provinceId, person.id);
}

export const identityRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.showIdentity',
    method: 'GET',
    url: '/api/my/identity',
    summary: 'Who the signed-in citizen said they are, and what the civil registry said',
    access: { table, permission: 'accounts.identify' },
    response: IdentityAnswer,
    handle: ({ tx, act, principal }) =>
      showIdentity(tx, act.provinceId, principal?.personId ?? null),
  }),
  endpoint({
    id: 'accounts.identify',
    method: 'POST',
    url: '/api/my/identity',
    summary: 'Say who one is: national ID, birth date and name',
    access: { table, permission: 'accounts.identify' },
    body: IdentityBody,
    response: IdentityAnswer,
    wholeProvince: 'The person may be in the record already, through a case of theirs.',
    problems: ['accounts.not_a_national_id', 'accounts.needs_counter', 'platform.not_found'],
    handle: async ({ tx, act, principal, body }) =>
      showIdentity(tx, act.provinceId, await identify(tx, act, principal?.accountId ?? '', body)),
  }),
  endpoint({
    id: 'accounts.setMobile',
    method: 'POST',
    url: '/api/people/mobile',
    summary: 'Tie a person to the mobile that they showed at the counter',
    access: { table, permission: 'accounts.setMobile' },
    body: MobileBody,
    response: IdentityAnswer,
    problems: ['accounts.not_a_mobile', 'platform.not_found'],
    handle: ({ tx, act, body }) => setMobile(tx, act.provinceId, body),
  }),
];
