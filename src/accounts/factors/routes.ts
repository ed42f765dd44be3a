import { Type } from 'typebox';
import { decodeCode, encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { type AnyEndpoint, endpoint, type House } from '../../platform/endpoint.ts';
import type { Principal } from '../../platform/policy.ts';
import { setSessionCookie } from '../../platform/session.ts';
import { arrive, askedBy } from '../arrival.ts';
import { SignedInAnswer } from '../contract.ts';
import { accountPermissions as table } from '../policy.ts';
import { referenceOf } from '../reference.ts';
import { demandPassword, factorAdded, ownAccount, removeFactor, showSecond } from './actions.ts';
import { factorsAnswer } from './answers.ts';
import {
  AddedAnswer,
  BeginBody,
  ConfirmTotpBody,
  FactorsAnswer,
  NewPasskeyBody,
  NewTotpAnswer,
  OptionsAnswer,
  PasswordBody,
  SecondBody,
} from './contract.ts';
import { keepPasskey, passkeyOptions, siteOf } from './passkeys.ts';
import { makeRecoveryCodes } from './recovery.ts';
import { needsSecondFactor } from './stage.ts';
import { beginTotp, confirmTotp } from './totp.ts';

const access = { table, permission: 'accounts.ownFactors' } as const;
const wholeProvince = 'The account’s own rows, found by who is signed in.';
const once = 'Its answer holds a secret and is kept nowhere; what is begun twice counts once.';
const Key = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });
/** Factors tried or begun a minute from one address. */
const rateLimit = { max: 30, windowMs: 60_000 };
const guarded = ['accounts.password_needed', 'accounts.too_many_tries'];
const whileConfined = true as const;

/** Who is signed in, if only so far. @throws Problem `platform.not_signed_in` */
function somebody(principal: Principal | null, stage?: 'code'): Principal {
  if (!principal) throw new Problem('platform.not_signed_in');
  if (stage && principal.confinedTo !== stage) throw new Problem('platform.wrong_state');
  // Whoever has a factor shows it before adding another.
  if (!stage && principal.confinedTo === 'code') throw new Problem('platform.second_factor_first');
  return principal;
}

const idOf = (code: string): string => {
  const key = decodeCode(code);
  if (!key) throw new Problem('platform.not_found');
  return key.id;
};

/** The moment by people's phones; a demonstration's calendar is another. */
const onPhones = (house: House): Date => (house.deviceClock ?? house.clock).now();

const apps: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.showSecond',
    method: 'POST',
    url: '/api/session/second',
    summary: 'Show the second factor: a code of the app, or a recovery code',
    access,
    body: SecondBody,
    response: SignedInAnswer,
    ...{ wholeProvince, whileConfined, rateLimit },
    notIdempotent: 'A code counts once.',
    problems: ['accounts.wrong_second_factor', 'accounts.too_many_tries', 'platform.wrong_state'],
    handle: async ({ act, body, principal, house, request, reply }) => {
      const who = somebody(principal, 'code');
      const asked = askedBy(house, act, request);
      const done = await showSecond(house, act, who, body.code, onPhones(house), asked);
      return arrive(house, request, reply, asked, done);
    },
  }),
  endpoint({
    id: 'accounts.beginTotp',
    method: 'POST',
    url: '/api/my/factors/totp',
    summary: 'Begin to set up an app that makes codes; its secret is told here once',
    access,
    body: BeginBody,
    response: NewTotpAnswer,
    ...{ wholeProvince, whileConfined, rateLimit, problems: guarded, notIdempotent: once },
    handle: async ({ tx, act, body, principal, house }) => {
      const who = somebody(principal);
      await demandPassword(house, who, body.password, act.now);
      const account = await ownAccount(tx, who);
      const { id, ...made } = await beginTotp(tx, act, house.keyring, account, body.name ?? 'TOTP');
      return { factor: encodeCode(act.provinceId, id), ...made };
    },
  }),
  endpoint({
    id: 'accounts.confirmTotp',
    method: 'POST',
    url: '/api/my/factors/totp/confirm',
    summary: 'Show the first code of an app that is being set up; from then on it counts',
    access,
    body: ConfirmTotpBody,
    response: AddedAnswer,
    ...{ wholeProvince, whileConfined, rateLimit, notIdempotent: once },
    problems: ['accounts.wrong_second_factor', 'platform.not_found'],
    handle: async ({ tx, act, body, principal, house, request, reply }) => {
      const who = somebody(principal);
      const shown = { id: idOf(body.factor), code: body.code, at: onPhones(house) };
      await confirmTotp(tx, act, house.keyring, who.accountId, shown);
      const added = { factor: 'totp', userAgent: request.headers['user-agent'] };
      const { recoveryCodes, session } = await factorAdded(tx, act, house, who, added);
      if (session) setSessionCookie(request, reply, session.token);
      return { recoveryCodes };
    },
  }),
];

const passkeys: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.beginPasskey',
    method: 'POST',
    url: '/api/my/factors/passkey/options',
    summary: 'What a browser needs to make a passkey',
    access,
    body: BeginBody,
    response: OptionsAnswer,
    ...{ wholeProvince, whileConfined, rateLimit, problems: guarded, notIdempotent: once },
    handle: async ({ tx, act, body, principal, house }) => {
      const who = somebody(principal);
      await demandPassword(house, who, body.password, act.now);
      const account = await ownAccount(tx, who);
      return { options: { ...(await passkeyOptions(tx, act, siteOf(house.publicUrl), account)) } };
    },
  }),
  endpoint({
    id: 'accounts.keepPasskey',
    method: 'POST',
    url: '/api/my/factors/passkey',
    summary: 'Keep a passkey that a browser has made',
    access,
    body: NewPasskeyBody,
    response: AddedAnswer,
    ...{ wholeProvince, whileConfined, rateLimit, notIdempotent: once },
    problems: ['accounts.passkey_failed'],
    handle: async ({ tx, act, body, principal, house, request, reply }) => {
      const who = somebody(principal);
      await keepPasskey(tx, act, siteOf(house.publicUrl), who.accountId, body);
      const added = { factor: 'passkey', userAgent: request.headers['user-agent'] };
      const { recoveryCodes, session } = await factorAdded(tx, act, house, who, added);
      if (session) setSessionCookie(request, reply, session.token);
      return { recoveryCodes };
    },
  }),
];

const kept: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.listFactors',
    method: 'GET',
    url: '/api/my/factors',
    summary: 'What one signs in with beside the password',
    access,
    response: FactorsAnswer,
    ...{ wholeProvince, whileConfined },
    handle: async ({ tx, act, principal, house }) =>
      factorsAnswer(tx, act, await referenceOf(house.database), await ownAccount(tx, principal)),
  }),
  endpoint({
    id: 'accounts.removeFactor',
    method: 'POST',
    url: '/api/my/factors/:code/remove',
    objectFrom: 'account',
    summary: 'End an app or a passkey of one’s own',
    access,
    params: Key,
    body: PasswordBody,
    response: FactorsAnswer,
    ...{ wholeProvince, rateLimit },
    problems: [...guarded, 'accounts.last_factor', 'platform.not_found'],
    handle: async ({ tx, act, params, body, principal, house }) => {
      if (principal?.provinceId !== act.provinceId) throw new Problem('platform.not_found');
      const account = await ownAccount(tx, principal);
      const reference = await referenceOf(house.database);
      const { needed } = needsSecondFactor(reference, account, act.today);
      await removeFactor(tx, act, account.id, idOf(params.code), needed);
      await demandPassword(house, somebody(principal), body.password, act.now);
      return factorsAnswer(tx, act, reference, account);
    },
  }),
  endpoint({
    id: 'accounts.makeRecoveryCodes',
    method: 'POST',
    url: '/api/my/recovery-codes',
    summary: 'New recovery codes in the place of the old ones; told here once',
    access,
    body: PasswordBody,
    response: AddedAnswer,
    ...{ wholeProvince, rateLimit, problems: guarded, notIdempotent: once },
    handle: async ({ tx, act, body, principal, house }) => {
      const who = somebody(principal);
      await demandPassword(house, who, body.password, act.now);
      return { recoveryCodes: await makeRecoveryCodes(tx, act, house.keyring, who.accountId) };
    },
  }),
];

/** What staff sign in with beside the password. */
export const factorRoutes: readonly AnyEndpoint[] = [...apps, ...passkeys, ...kept];
