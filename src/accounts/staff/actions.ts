import { decodeCode } from '../../kit/code.ts';
import { normaliseMobile } from '../../kit/identifiers.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Role } from '../../platform/policy.ts';
import { sendSms } from '../../platform/sms.ts';
import { endFactorsOf } from '../factors/queries.ts';
import { findAccount, insertAccount } from '../queries.ts';
import type { Reference } from '../reference.ts';
import { type ChangeVerb, checkDecision, checkStaff, isStaffRole } from '../staff-rules.ts';
import { raiseAlarm } from './alarms.ts';
import { makeOpeningCode } from './opening-codes.ts';
import {
  type ChangeRow,
  countDeciders,
  endSessionsOf,
  findChangeForUpdate,
  insertChange,
  type NewChange,
  saveAccount,
  saveDecision,
  setExternalName,
} from './queries.ts';

/** What is asked about an account, as it comes. What is not given stays as it is. */
export type ChangeInput = {
  readonly verb: ChangeVerb;
  /** Code of the account, unless one is to be opened. */
  readonly account?: string | undefined;
  readonly username?: string | undefined;
  readonly nameFa?: string | undefined;
  readonly nameEn?: string | undefined;
  readonly role?: string | undefined;
  readonly organisationId?: string | undefined;
  readonly mobile?: string | undefined;
  readonly externalName?: string | undefined;
  readonly reason: string;
};

/** The messages that go out with a change. */
export type StaffTexts = {
  /** To the owner of an account: the code with which they choose a password. */
  readonly opening: (code: string) => string;
  readonly alarm: string;
};

/** What became of a change. The code is here once, unless a message took it to its owner. */
export type ChangeOutcome = {
  readonly id: string;
  readonly state: 'asked' | 'done' | 'refused';
  readonly openingCode: string | null;
};

/**
 * Asks for a change of an account of staff. Closing one is done at once, for it gives nobody anything;
 * everything else waits for another person.
 * @throws Problem as `checkStaff`, `accounts.not_a_mobile` (422), `accounts.own_account` (403),
 *   `platform.not_found` (404), `accounts.change_waits` (409)
 */
export async function askChange(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: ChangeInput,
): Promise<ChangeOutcome> {
  const change = await readChange(tx, act, reference, input, false);
  const own = change.accountId !== null && change.accountId === act.actorId;
  if (own) throw new Problem('accounts.own_account');
  const done = change.verb === 'accounts.close';
  if (!done) await demandNoOther(tx, act, change.username);
  const id = await insertChange(tx, act, change, { done, byCommand: false });
  if (done && change.accountId !== null) await closeAccount(tx, act, change.accountId);
  return { id, state: done ? 'done' : 'asked', openingCode: null };
}

/**
 * Agrees to a change or refuses it; what is agreed to is done in the same transaction.
 * @throws Problem as `checkDecision`, `platform.not_found` (404), `accounts.username_taken` (409)
 */
export async function decideChange(
  tx: Tx,
  act: Act,
  id: string,
  decision: { readonly agree: boolean; readonly emergency: boolean },
  texts: StaffTexts,
): Promise<ChangeOutcome> {
  const row = await findChangeForUpdate(tx, act.provinceId, id);
  if (!row) throw new Problem('platform.not_found');
  const change = { ...row, askedBy: row.asked_by, accountId: row.account_id };
  checkDecision(change, act.actorId ?? '', decision);
  const alone = decision.agree && row.asked_by === act.actorId;
  if (!decision.agree) {
    const given = { state: 'refused', emergency: false, accountId: row.account_id } as const;
    await saveDecision(tx, act, id, given);
    return { id, state: 'refused', openingCode: null };
  }
  const { accountId, openingCode } = await carryOut(tx, act, fromRow(row), texts);
  await saveDecision(tx, act, id, { state: 'done', emergency: alone, accountId });
  if (alone) await raiseAlarm(tx, act, { kind: 'emergency', accountId, changeId: id }, texts.alarm);
  return { id, state: 'done', openingCode };
}

/**
 * Does a change at once, as whoever holds the machine can: a house begins with it. Where two people could
 * have done it on the page, it raises an alarm.
 * @throws Problem as {@link askChange}
 */
export async function changeByCommand(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: ChangeInput,
  texts: StaffTexts,
): Promise<ChangeOutcome> {
  const change = await readChange(tx, act, reference, input, true);
  const watched = (await countDeciders(tx, act.provinceId)) >= 2;
  const { accountId, openingCode } = await carryOut(tx, act, change, texts);
  const known = { ...change, accountId };
  const id = await insertChange(tx, act, known, { done: true, byCommand: true });
  if (watched) await raiseAlarm(tx, act, { kind: 'command', accountId, changeId: id }, texts.alarm);
  return { id, state: 'done', openingCode };
}

/** Puts together what an account is to be: what was given, and what it is already. */
async function readChange(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: ChangeInput,
  byCommand: boolean,
): Promise<NewChange> {
  const opens = input.verb === 'accounts.open';
  const now = opens ? undefined : await getStaff(tx, act, input.account ?? '');
  const pick = (given: string | undefined, held: string | null | undefined) =>
    normaliseText(given ?? held ?? '');
  const username = now?.username ?? pick(input.username, '').toLowerCase();
  const role = pick(input.role, now?.role);
  const organisationId = pick(input.organisationId, now?.organisation_id);
  const organisationKind = reference.organisations.get(organisationId)?.kind;
  checkStaff({ username, role, organisationKind }, byCommand || role === now?.role);
  const nameFa = pick(input.nameFa, now?.name_fa);
  if (nameFa === '') throw new Problem('platform.bad_request');
  return {
    accountId: now?.id ?? null,
    verb: input.verb,
    username,
    nameFa,
    nameEn: pick(input.nameEn, now?.name_en) || nameFa,
    role,
    organisationId,
    mobile: readMobile(input.mobile) ?? now?.mobile ?? null,
    externalName: input.externalName?.trim() || null,
    reason: normaliseText(input.reason),
  };
}

function readMobile(given: string | undefined): string | undefined {
  if (given === undefined || given.trim() === '') return undefined;
  const mobile = normaliseMobile(given);
  if (!mobile) throw new Problem('accounts.not_a_mobile');
  return mobile;
}

/** An open account of the province's staff; people only, no bank's system. */
async function getStaff(tx: Tx, act: Act, code: string) {
  const key = decodeCode(code);
  const row =
    key?.provinceId === act.provinceId ? await findAccount(tx, act.provinceId, key.id) : undefined;
  const person = row && isStaffRole(row.role) && !row.username.startsWith('client:');
  if (!person) throw new Problem('platform.not_found');
  return row;
}

/** Two changes of one account that wait would each be agreed to without the other in sight. */
async function demandNoOther(tx: Tx, act: Act, username: string): Promise<void> {
  const other = await tx
    .selectFrom('account_changes')
    .select('id')
    .where('province_id', '=', act.provinceId)
    .where('state', '=', 'asked')
    .where('username', '=', username)
    .limit(1)
    .executeTakeFirst();
  if (other) throw new Problem('accounts.change_waits');
}

function fromRow(row: ChangeRow): NewChange {
  return {
    accountId: row.account_id,
    verb: row.verb as ChangeVerb,
    username: row.username,
    nameFa: row.name_fa,
    nameEn: row.name_en,
    role: row.role,
    organisationId: row.organisation_id,
    mobile: row.mobile,
    externalName: row.external_name,
    reason: row.reason,
  };
}

async function carryOut(
  tx: Tx,
  act: Act,
  change: NewChange,
  texts: StaffTexts,
): Promise<{ accountId: string; openingCode: string | null }> {
  const accountId = change.accountId ?? (await openAccount(tx, act, change));
  if (change.verb === 'accounts.close') {
    await closeAccount(tx, act, accountId);
    return { accountId, openingCode: null };
  }
  const { role, organisationId: organisation_id, mobile, externalName } = change;
  const names = { name_fa: change.nameFa, name_en: change.nameEn };
  await saveAccount(tx, act.provinceId, accountId, { ...names, role, organisation_id, mobile });
  if (externalName !== null) await setExternalName(tx, act.provinceId, accountId, externalName);
  // What was opened under the old role would go on under it, or with the lost password.
  await endSessionsOf(tx, act, accountId);
  if (change.verb === 'accounts.change') return { accountId, openingCode: null };
  await saveAccount(tx, act.provinceId, accountId, { password_hash: null });
  // A reset is for who has lost what they sign in with, the phone as well as the password.
  await endFactorsOf(tx, act, accountId);
  const code = await makeOpeningCode(tx, act, accountId);
  if (mobile === null) return { accountId, openingCode: code };
  const text = texts.opening(code);
  await sendSms(tx, { provinceId: act.provinceId, mobile, text, now: act.now });
  return { accountId, openingCode: null };
}

function openAccount(tx: Tx, act: Act, change: NewChange): Promise<string> {
  const none = { passwordHash: null, personId: null, demonstration: false };
  const { username, nameFa, nameEn, role, organisationId } = change;
  const account = { username, nameFa, nameEn, role: role as Role, organisationId };
  return insertAccount(tx, { ...account, ...none, provinceId: act.provinceId }, act.now);
}

async function closeAccount(tx: Tx, act: Act, accountId: string): Promise<void> {
  await saveAccount(tx, act.provinceId, accountId, { closed_at: act.now, password_hash: null });
  await setExternalName(tx, act.provinceId, accountId, null);
  await endSessionsOf(tx, act, accountId);
}
