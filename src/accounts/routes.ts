import { type AnyEndpoint, endpoint, type House } from '../platform/endpoint.ts';
import type { Principal } from '../platform/policy.ts';
import { endSession, setSessionCookie } from '../platform/session.ts';
import { signIn } from './actions.ts';
import { arrive, askedBy } from './arrival.ts';
import { requestCode, signInCitizen } from './citizen-codes.ts';
import {
  CitizenSignInBody,
  CodeAnswer,
  CodeBody,
  ReferenceAnswer,
  SessionAnswer,
  SignedInAnswer,
  SignInBody,
} from './contract.ts';
import { rememberDevice } from './device.ts';
import { doorRoutes } from './factors/door-routes.ts';
import { factorRoutes } from './factors/routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { organisationLabel, provinceLabel } from './label.ts';
import { accountPermissions } from './policy.ts';
import { findAccount } from './queries.ts';
import { referenceOf } from './reference.ts';
import { referenceAnswer } from './reference-answer.ts';
import { sessionRoutes } from './session-routes.ts';

const signInIsItsOwnKey = 'A sign-in makes a new session each time and changes nothing else.';

/** The account as its owner's browser sees it. */
async function describe(house: House, principal: Principal | null, today: string) {
  if (!principal) return { account: null };
  const reference = await referenceOf(house.database);
  const context = { province: principal.provinceId, organisation: '', person: '' };
  const row = await house.database.transaction(context, (tx) =>
    findAccount(tx, principal.provinceId, principal.accountId),
  );
  if (!row) return { account: null };
  const held = Object.entries(house.permissions).filter(([, roles]) =>
    roles.includes(principal.role),
  );
  return {
    account: {
      id: row.id,
      name: { fa: row.name_fa, en: row.name_en },
      role: row.role,
      organisation: row.organisation_id ? organisationLabel(reference, row.organisation_id) : null,
      province: provinceLabel(reference, row.province_id),
      permissions: principal.confinedTo ? [] : held.map(([permission]) => permission),
      confinedTo: principal.confinedTo ?? null,
      demonstration: row.demonstration,
      today,
    },
  };
}

export const accountRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.showSession',
    method: 'GET',
    url: '/api/session',
    summary: 'Who is signed in, and what they may do',
    access: { public: 'It tells the caller about the caller only.' },
    whileConfined: true,
    response: SessionAnswer,
    handle: ({ house, principal, act }) => describe(house, principal, act.today),
  }),
  endpoint({
    id: 'accounts.signIn',
    method: 'POST',
    url: '/api/session',
    summary: 'Sign in with a password (staff)',
    access: { public: 'Nobody is signed in yet.' },
    body: SignInBody,
    response: SignedInAnswer,
    status: 201,
    notIdempotent: signInIsItsOwnKey,
    problems: ['accounts.wrong_sign_in', 'accounts.too_many_tries'],
    handle: async ({ house, act, body, request, reply, say }) => {
      const asked = askedBy(house, act, request);
      const alarm = say('accounts.sms.alarm', { url: `${house.publicUrl}/office/staff` });
      const reference = await referenceOf(house.database);
      const done = await signIn(house.database, reference, body, asked, alarm);
      return arrive(house, request, reply, asked, done);
    },
  }),
  endpoint({
    id: 'accounts.requestCode',
    method: 'POST',
    url: '/api/session/code',
    summary: 'Ask for a one-time code by SMS (citizens)',
    access: { public: 'Nobody is signed in yet.' },
    body: CodeBody,
    response: CodeAnswer,
    status: 202,
    notIdempotent: 'Each request is a new code; how many is limited.',
    problems: ['accounts.not_a_mobile', 'accounts.too_many_codes', 'accounts.too_many_tries'],
    handle: async ({ house, act, body, say, request, reply }) => {
      const text = (code: string) => say('accounts.sms.code', { code });
      const asked = askedBy(house, act, request);
      const sent = await requestCode(house.database, act.provinceId, body.mobile, text, asked);
      rememberDevice(house.keyring, request, reply, asked.device);
      return { mobile: sent.mobile, expiresAt: sent.expiresAt.toISOString() };
    },
  }),
  endpoint({
    id: 'accounts.signInCitizen',
    method: 'POST',
    url: '/api/session/citizen',
    summary: 'Sign in with the one-time code (citizens)',
    access: { public: 'Nobody is signed in yet.' },
    body: CitizenSignInBody,
    response: SignedInAnswer,
    status: 201,
    notIdempotent: signInIsItsOwnKey,
    problems: ['accounts.not_a_mobile', 'accounts.wrong_code', 'accounts.too_many_tries'],
    handle: async ({ house, act, body, request, reply }) => {
      const asked = askedBy(house, act, request);
      const done = await signInCitizen(house.database, act.provinceId, body, asked);
      return arrive(house, request, reply, asked, done);
    },
  }),
  endpoint({
    id: 'accounts.signOut',
    method: 'DELETE',
    url: '/api/session',
    summary: 'Sign out',
    access: { table: accountPermissions, permission: 'accounts.signOut' },
    response: SessionAnswer,
    notIdempotent: 'Ending an ended session changes nothing.',
    whileConfined: true,
    province: ({ principal }) => principal?.provinceId ?? 0,
    handle: async ({ tx, act, principal, request, reply }) => {
      if (principal) await endSession(tx, principal, act.now);
      setSessionCookie(request, reply, null);
      return { account: null };
    },
  }),
  endpoint({
    id: 'accounts.showReference',
    method: 'GET',
    url: '/api/reference',
    summary:
      'Provinces, counties, agencies, banks, occupations, refusal conditions, reasons of a return',
    access: { public: 'Reference data has no person in it.' },
    response: ReferenceAnswer,
    handle: async ({ house, act }) =>
      referenceAnswer(await referenceOf(house.database), act.provinceId, act.today),
  }),
  ...identityRoutes,
  ...factorRoutes,
  ...doorRoutes,
  ...sessionRoutes,
];
