import { answer, api, newOpId } from '../../../web/api.ts';
import type { Account } from '../../../web/session.ts';
import { whereRoom } from './room.ts';
import { fromBase64url, importKey, newDataKey, toBase64url, unwrapKey, wrapKey } from './seal.ts';
import type { Phone } from './shapes.ts';
import { keepTries, triesOf } from './tries.ts';
import { database, Vault } from './vault.ts';

/** The shortest PIN, digits or letters. */
export const shortestPin = 6;
/** So many wrong PINs and the wrapped key is forgotten; the server's opens it still. */
const mostTries = 10;
/** Wrong PINs that cost no waiting. */
const freeTries = 3;

/** A phone that is to be enrolled; kept until the server has it, so that a lost reply enrols no second. */
export type NewPhone = { readonly deviceId: string; readonly dataKey: Uint8Array<ArrayBuffer> };

export const newPhone = (): NewPhone => ({ deviceId: newOpId(), dataKey: newDataKey() });

/**
 * Enrols this phone under the account that is signed in and keeps its key under a PIN.
 * @throws RequestFailed when the server refuses, TypeError without a network
 */
export async function enrol(
  { deviceId, dataKey }: NewPhone,
  account: Account,
  { label, pin }: { label: string; pin: string },
): Promise<Vault> {
  const body = { id: deviceId, label, dataKey: toBase64url(dataKey) };
  await answer(api.POST('/api/field-devices', { body }));
  const wrapped = await wrapKey(dataKey, pin);
  await database.phone.put({
    ...{ id: 'phone', deviceId, accountId: account.id, owner: account.name, label, wrapped },
    ...{ tries: 0, nextTryAt: 0, nextSeq: 1, clockOffMs: 0 },
    demonstration: account.demonstration,
  });
  await keepTries({ tries: 0, nextTryAt: 0 });
  // A browser that is short of room forgets what it was not asked to keep.
  await navigator.storage?.persist?.();
  return new Vault(await importKey(dataKey));
}

/** Why a PIN did not open the phone, and how many more may be tried. */
type NotOpened = { readonly why: 'wrong' | 'wait' | 'forgotten'; readonly left: number };

/**
 * Tries a PIN. Each wrong one is counted before it is tried, so that ending the app saves no try; a phone
 * without room opens, too.
 */
export async function unlock(pin: string, now: number = Date.now()): Promise<Vault | NotOpened> {
  const phone = await database.phone.get('phone');
  if (!phone?.wrapped) return { why: 'forgotten', left: 0 };
  const before = triesOf(phone);
  const tries = before.tries + 1;
  const left = mostTries - tries;
  if (left < 0) return forget();
  if (now < before.nextTryAt) return { why: 'wait', left: left + 1 };
  const waitMs = tries <= freeTries ? 0 : Math.min(5000 * 2 ** (tries - freeTries), 300_000);
  await keepTries({ tries, nextTryAt: now + waitMs });
  const dataKey = await unwrapKey(phone.wrapped, pin);
  if (!dataKey) return left > 0 ? { why: 'wrong', left } : forget();
  await keepTries({ tries: 0, nextTryAt: 0 });
  return new Vault(await importKey(dataKey));
}

/** Forgets the wrapped key; on a phone without room the count alone keeps it shut. */
async function forget(): Promise<NotOpened> {
  await whereRoom(() => database.phone.update('phone', { wrapped: undefined }));
  return { why: 'forgotten', left: 0 };
}

/**
 * Gives the phone a new PIN by the key that the server keeps for its owner.
 * @throws RequestFailed when the server refuses, TypeError without a network
 */
export async function renewPin(phone: Phone, pin: string): Promise<Vault> {
  const query = { device: phone.deviceId };
  const { dataKey } = await answer(api.GET('/api/field-devices/key', { params: { query } }));
  const bytes = fromBase64url(dataKey);
  const wrapped = await wrapKey(bytes, pin);
  await database.phone.update('phone', { wrapped });
  await keepTries({ tries: 0, nextTryAt: 0 });
  return new Vault(await importKey(bytes));
}

/**
 * Takes what the server has for today. What was filled in and not sent stays as it is.
 * @throws RequestFailed when the server refuses, TypeError without a network
 */
export async function takePack(vault: Vault, { deviceId }: Phone): Promise<void> {
  const params = { query: { device: deviceId } };
  const pack = await answer(api.GET('/api/field-pack', { params }));
  await vault.keepPack(pack);
  await noteClock(pack.serverNow);
}

/** Notes how far this phone's clock is behind the server's, where there is room to. */
export async function noteClock(serverNow: string): Promise<void> {
  const clockOffMs = Date.parse(serverNow) - Date.now();
  await whereRoom(() => database.phone.update('phone', { clockOffMs }));
}

/**
 * Gives the phone up: the server takes nothing from it any more, and everything on it is deleted.
 * @throws RequestFailed when the server refuses, TypeError without a network
 */
export async function giveUp({ deviceId, revoked }: Phone, reason: string): Promise<void> {
  if (!revoked)
    await answer(api.POST('/api/field-devices/revoke', { body: { id: deviceId, reason } }));
  await database.delete();
  await database.open();
}
