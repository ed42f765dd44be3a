import { Type } from 'typebox';
import { decodeCode, encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import type { Say } from '../../platform/language.ts';
import { openFor } from '../actions.ts';
import { arrive, askedBy } from '../arrival.ts';
import { SignedInAnswer } from '../contract.ts';
import { accountPermissions as table } from '../policy.ts';
import { referenceOf } from '../reference.ts';
import { askChange, type ChangeOutcome, decideChange, type StaffTexts } from './actions.ts';
import { seeAlarm } from './alarms.ts';
import { alarmsAnswer, staffAnswer } from './answers.ts';
import {
  AlarmsAnswer,
  ChangeAnswer,
  ChangeBody,
  DecideBody,
  PasswordBody,
  RedeemBody,
  StaffAnswer,
} from './contract.ts';
import { changePassword, redeemCode } from './passwords.ts';

const Key = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });
const wholeProvince = 'Accounts are the whole province’s; whoever may see one may see all of it.';

/** Tries a minute from one address with a code that has a hundred random bits. */
const redeeming = { max: 20, windowMs: 60_000 };

/** The messages of a change, in the language of the house. */
export function staffTexts(say: Say, publicUrl: string): StaffTexts {
  return {
    opening: (code) => say('accounts.sms.opening', { code, url: `${publicUrl}/sign-in/open` }),
    alarm: say('accounts.sms.alarm', { url: `${publicUrl}/office/staff` }),
  };
}

/** The id of what a code of the caller's own province names. */
function ownId(act: Act, code: string, provinceId: number | undefined): string {
  const key = decodeCode(code);
  if (!key || provinceId !== act.provinceId) throw new Problem('platform.not_found');
  return key.id;
}

const outcome = (act: Act, { id, state, openingCode }: ChangeOutcome) => ({
  code: encodeCode(act.provinceId, id),
  state,
  openingCode,
});

/** Staff accounts and their changes. @param say says messages to people in Persian */
export function staffRoutes(say: Say): readonly AnyEndpoint[] {
  return [...asking, decideRoute(say), ...alarms, ...passwords];
}

const asking: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.listStaff',
    method: 'GET',
    url: '/api/staff',
    summary: 'Accounts of the province’s staff, and the changes that wait for a second person',
    access: { table, permission: 'accounts.listStaff' },
    response: StaffAnswer,
    handle: async ({ tx, act, house, principal }) =>
      staffAnswer(tx, act, await referenceOf(house.database), principal),
  }),
  endpoint({
    id: 'accounts.askChange',
    method: 'POST',
    url: '/api/staff/changes',
    summary: 'Ask for an account of staff to be opened, changed, reset or closed',
    access: { table, permission: 'accounts.askChange' },
    body: ChangeBody,
    response: ChangeAnswer,
    status: 201,
    problems: [
      ...['accounts.not_a_username', 'accounts.role_not_given', 'accounts.role_elsewhere'],
      ...['accounts.not_a_mobile', 'accounts.own_account', 'accounts.change_waits'],
      'platform.not_found',
    ],
    handle: async ({ tx, act, body, house }) =>
      outcome(act, await askChange(tx, act, await referenceOf(house.database), body)),
  }),
];

function decideRoute(say: Say): AnyEndpoint {
  return endpoint({
    id: 'accounts.decideChange',
    method: 'POST',
    url: '/api/staff/changes/:code/decide',
    objectFrom: 'province',
    summary: 'Agree to a change of an account, or refuse it; another person than who asked',
    access: { table, permission: 'accounts.decideChange' },
    params: Key,
    body: DecideBody,
    response: ChangeAnswer,
    wholeProvince,
    notIdempotent: 'Its answer may hold a code and is kept nowhere; a second decision is refused.',
    problems: [
      ...['accounts.change_is_over', 'accounts.second_person_needed', 'accounts.username_taken'],
      'platform.not_found',
    ],
    handle: async ({ tx, act, params, body, principal, house }) => {
      const id = ownId(act, params.code, principal?.provinceId);
      const decision = { agree: body.agree, emergency: body.emergency ?? false };
      const texts = staffTexts(say, house.publicUrl);
      return outcome(act, await decideChange(tx, act, id, decision, texts));
    },
  });
}

const alarms: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.listAlarms',
    method: 'GET',
    url: '/api/alarms',
    summary: 'What was done alone or on the machine, and has been looked at by nobody yet',
    access: { table, permission: 'accounts.listAlarms' },
    response: AlarmsAnswer,
    handle: ({ tx, act }) => alarmsAnswer(tx, act),
  }),
  endpoint({
    id: 'accounts.seeAlarm',
    method: 'POST',
    url: '/api/alarms/:code/see',
    objectFrom: 'province',
    summary: 'Say that one has looked at an alarm; another person than who caused it',
    access: { table, permission: 'accounts.seeAlarm' },
    params: Key,
    response: AlarmsAnswer,
    wholeProvince,
    problems: ['accounts.second_person_needed', 'platform.not_found'],
    handle: async ({ tx, act, params, principal }) => {
      await seeAlarm(tx, act, ownId(act, params.code, principal?.provinceId));
      return alarmsAnswer(tx, act);
    },
  }),
];

const passwords: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.redeem',
    method: 'POST',
    url: '/api/session/open',
    summary: 'Choose a password with the code that was handed over, and sign in',
    access: { public: 'Nobody is signed in yet; the code is the key.' },
    body: RedeemBody,
    response: SignedInAnswer,
    status: 201,
    notIdempotent: 'A code is worth something once.',
    rateLimit: redeeming,
    problems: ['accounts.wrong_opening_code', 'accounts.weak_password'],
    handle: async ({ house, act, body, request, reply }) => {
      const account = await redeemCode(house.database, body, act.now);
      const asked = askedBy(house, act, request);
      const reference = await referenceOf(house.database);
      const done = await openFor(house.database, reference, account, ['password'], asked);
      return arrive(house, request, reply, asked, done);
    },
  }),
  endpoint({
    id: 'accounts.changePassword',
    method: 'POST',
    url: '/api/my/password',
    summary: 'Change one’s own password; the other sessions end',
    access: { table, permission: 'accounts.changePassword' },
    body: PasswordBody,
    response: Type.Object({ changed: Type.Literal(true) }),
    notIdempotent: 'The old password is no longer right the second time.',
    rateLimit: redeeming,
    problems: ['accounts.wrong_sign_in', 'accounts.weak_password', 'accounts.too_many_tries'],
    handle: async ({ house, act, body, principal }) => {
      if (principal) await changePassword(house.database, principal, body, act.now);
      return { changed: true as const };
    },
  }),
];
