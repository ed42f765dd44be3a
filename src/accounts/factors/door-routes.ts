import { decodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { type AnyEndpoint, endpoint, type House } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import { provinceContext } from '../../platform/policy.ts';
import { openSession } from '../../platform/session.ts';
import type { SignedIn } from '../actions.ts';
import { openFor } from '../actions.ts';
import { arrive, askedBy } from '../arrival.ts';
import { SignedInAnswer } from '../contract.ts';
import { findAccount, findSignInName } from '../queries.ts';
import { referenceOf } from '../reference.ts';
import { externalSignIn } from '../staff/queries.ts';
import { LeaveAnswer, OptionsAnswer, PasskeyBody, ReturnBody, ServersAnswer } from './contract.ts';
import { keepErrand, takeErrand } from './errand.ts';
import { passkeySignInOptions, siteOf, takeChallenge, takePasskey } from './passkeys.ts';

const nobody = { public: 'Nobody is signed in yet.' };
const once = 'What is asked for the second time is another thing, and counts once.';
const rateLimit = { max: 30, windowMs: 60_000 };

const byPasskey: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.askPasskey',
    method: 'POST',
    url: '/api/session/passkey/options',
    summary: 'What a browser needs to show a passkey of this house',
    access: nobody,
    response: OptionsAnswer,
    ...{ rateLimit, notIdempotent: once, wholeProvince: 'A question is nobody’s yet.' },
    handle: async ({ tx, act, house }) => ({
      options: { ...(await passkeySignInOptions(tx, act, siteOf(house.publicUrl))) },
    }),
  }),
  endpoint({
    id: 'accounts.signInByPasskey',
    method: 'POST',
    url: '/api/session/passkey',
    summary: 'Sign in with a passkey: both factors in one',
    access: nobody,
    body: PasskeyBody,
    response: SignedInAnswer,
    status: 201,
    ...{ rateLimit, notIdempotent: once, problems: ['accounts.passkey_failed'] },
    handle: async ({ act, body, house, request, reply }) => {
      const asked = askedBy(house, act, request);
      const done = await signInByPasskey(house, act, body.response, asked.userAgent);
      return arrive(house, request, reply, asked, done);
    },
  }),
];

/** The passkey itself says whose it is: the code of its account, given to it when it was made. */
async function signInByPasskey(
  house: House,
  act: Act,
  response: { readonly response: Readonly<Record<string, unknown>> },
  userAgent: string | undefined,
): Promise<SignedIn> {
  const handle = String(response.response.userHandle ?? '');
  const key = decodeCode(Buffer.from(handle, 'base64url').toString('latin1'));
  if (!key) throw new Problem('accounts.passkey_failed');
  const { provinceId } = key;
  // The question was asked before anybody knew whose province it is.
  const challenged = (challenge: string) =>
    house.database.transaction(provinceContext(act.provinceId), (tx) =>
      takeChallenge(tx, act, challenge, null),
    );
  return house.database.transaction(provinceContext(provinceId), async (tx) => {
    const its = { ...act, provinceId };
    const site = siteOf(house.publicUrl);
    const { accountId } = await takePasskey(tx, its, site, challenged, response);
    const account = accountId === key.id && (await findAccount(tx, provinceId, accountId));
    if (!account) throw new Problem('accounts.passkey_failed');
    const opening = { provinceId, accountId, factors: ['passkey'] };
    const token = await openSession(tx, opening, userAgent, act.now);
    return { token, provinceId, accountId, stage: 'whole' };
  });
}

const back = (house: House) => `${house.publicUrl}/sign-in/back`;

const byServer: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.listServers',
    method: 'GET',
    url: '/api/session/servers',
    summary: 'The identity server that staff may come through, if there is one',
    access: { public: 'It stands on the sign-in page.' },
    response: ServersAnswer,
    handle: async ({ house }) => ({ identityServer: house.identityServer?.name ?? null }),
  }),
  endpoint({
    id: 'accounts.leaveForServer',
    method: 'POST',
    url: '/api/session/oidc',
    summary:
      'Where the ministry’s identity server is, for a browser that wants to come back from it',
    access: nobody,
    response: LeaveAnswer,
    ...{ rateLimit, notIdempotent: once },
    problems: ['platform.not_found', 'accounts.identity_server_failed'],
    ahead: ({ house }) => asking(house.identityServer?.begin(back(house))),
    handle: async ({ ahead, house, request, reply }) => {
      const { url, errand } = ahead as Awaited<ReturnType<Server['begin']>>;
      keepErrand(house.keyring, request, reply, errand);
      return { url };
    },
  }),
  endpoint({
    id: 'accounts.returnFromServer',
    method: 'POST',
    url: '/api/session/oidc/back',
    summary: 'Sign in as whom the ministry’s identity server vouches for',
    access: nobody,
    body: ReturnBody,
    response: SignedInAnswer,
    status: 201,
    ...{ rateLimit, notIdempotent: once },
    problems: [
      ...['platform.not_found', 'accounts.identity_server_failed', 'accounts.unknown_to_us'],
    ],
    ahead: ({ house, body, request }) => {
      const errand = takeErrand(house.keyring, request);
      if (!errand) throw new Problem('accounts.identity_server_failed');
      const url = new URL(`${back(house)}?${body.query.replace(/^\?/, '')}`);
      return asking(house.identityServer?.finish(url, errand));
    },
    handle: async ({ ahead, act, house, request, reply }) => {
      const asked = askedBy(house, act, request);
      const done = await signInAs(house, ahead as Vouched, asked);
      keepErrand(house.keyring, request, reply, null);
      return arrive(house, request, reply, asked, done);
    },
  }),
];

type Server = NonNullable<House['identityServer']>;
type Vouched = Awaited<ReturnType<Server['finish']>>;

/** What an identity server answers; whatever goes wrong on the way is one problem. */
async function asking<T>(answer: Promise<T> | undefined): Promise<T> {
  if (!answer) throw new Problem('platform.not_found');
  return answer.catch((cause: unknown) => {
    const problem = new Problem('accounts.identity_server_failed');
    problem.cause = cause;
    throw problem;
  });
}

/** @throws Problem `accounts.unknown_to_us` (401): vouched for, and no account bears that name */
async function signInAs(
  house: House,
  { subject, secondFactor }: Vouched,
  asked: ReturnType<typeof askedBy>,
): Promise<SignedIn> {
  const { database } = house;
  const found = await database.transaction(provinceContext(0), (tx) =>
    findSignInName(tx, externalSignIn(subject)),
  );
  const account =
    found &&
    (await database.transaction(provinceContext(found.province_id), (tx) =>
      findAccount(tx, found.province_id, found.account_id),
    ));
  if (!account) throw new Problem('accounts.unknown_to_us');
  if (!secondFactor) {
    return openFor(database, await referenceOf(database), account, ['oidc'], asked);
  }
  const { province_id: provinceId, id: accountId } = account;
  const opening = { provinceId, accountId, factors: ['oidc', 'mfa'] };
  const token = await database.transaction(provinceContext(provinceId), (tx) =>
    openSession(tx, opening, asked.userAgent, asked.now),
  );
  return { token, provinceId, accountId, stage: 'whole' };
}

/** The other doors: a passkey alone, and a ministry's identity server. */
export const doorRoutes: readonly AnyEndpoint[] = [...byPasskey, ...byServer];
