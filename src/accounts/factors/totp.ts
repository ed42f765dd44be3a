import { generateSecret, generateURI, verify } from 'otplib';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { qrSvg } from '../../platform/qr.ts';
import { type FactorRow, findFactorForUpdate, insertFactor, saveFactor } from './queries.ts';

const purpose = 'totp';
/** Seconds of a code (RFC 6238); the one before and the one after count too, for clocks that go wrong. */
const period = 30;

/** What an app is set up with; told once. */
export type NewTotp = {
  readonly id: string;
  readonly secret: string;
  readonly uri: string;
  readonly qr: string;
};

/** Begins an app: it counts once its first code was shown. */
export async function beginTotp(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  account: { readonly id: string; readonly username: string },
  name: string,
): Promise<NewTotp> {
  const secret = generateSecret();
  const sealedSecret = keyring.seal(purpose, Buffer.from(secret));
  const id = await insertFactor(tx, act, account.id, {
    ...{ kind: 'totp', name, sealedSecret, confirmed: false },
  });
  const uri = generateURI({ issuer: 'Karkhaneh', label: account.username, secret });
  const qr = `data:image/svg+xml;base64,${Buffer.from(qrSvg(uri)).toString('base64')}`;
  return { id, secret, uri, qr };
}

/**
 * The first code of an app. `at` is the moment by the phone's clock, which a demonstration's is not.
 * that was begun.
 * @throws Problem `platform.not_found` (404), `accounts.wrong_second_factor` (401)
 */
export async function confirmTotp(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  accountId: string,
  { id, code, at }: { readonly id: string; readonly code: string; readonly at: Date },
): Promise<void> {
  const row = await findFactorForUpdate(tx, act.provinceId, accountId, id);
  if (row?.kind !== 'totp' || row.confirmed_at !== null) {
    throw new Problem('platform.not_found');
  }
  const step = await stepOf(keyring, row, code, at);
  if (step === undefined) throw new Problem('accounts.wrong_second_factor');
  const used = { used_count: step, used_at: act.now };
  await saveFactor(tx, act.provinceId, id, { ...used, confirmed_at: act.now });
}

/** Whether a code is the app's; a code counts once, and none before it does afterwards (RFC 6238, 5.2). */
export async function takeTotp(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  factor: FactorRow,
  { code, at }: { readonly code: string; readonly at: Date },
): Promise<boolean> {
  const row = await findFactorForUpdate(tx, act.provinceId, factor.account_id, factor.id);
  const step = row && (await stepOf(keyring, row, code, at));
  if (!row || step === undefined || step <= row.used_count) return false;
  await saveFactor(tx, act.provinceId, row.id, { used_count: step, used_at: act.now });
  return true;
}

async function stepOf(
  keyring: Keyring,
  row: Pick<FactorRow, 'sealed_secret'>,
  code: string,
  now: Date,
): Promise<number | undefined> {
  const token = toAsciiDigits(code).replaceAll(/\s/g, '');
  if (!row.sealed_secret || !/^\d{6}$/.test(token)) return undefined;
  const secret = keyring.open(purpose, row.sealed_secret).toString();
  const epoch = Math.floor(now.getTime() / 1000);
  const result = await verify({ secret, token, epoch, epochTolerance: period });
  return result.valid ? Math.floor(epoch / period) + result.delta : undefined;
}

/** Seals the secrets of all apps, in every province, with the newest key. @returns how many were not yet */
export async function resealSecrets(database: Database, keyring: Keyring): Promise<number> {
  return database.migratorTransaction(async (tx) => {
    const rows = await tx
      .selectFrom('sign_in_factors')
      .select(['province_id', 'id', 'sealed_secret'])
      .where('sealed_secret', 'is not', null)
      .forUpdate()
      .execute();
    const old = rows.filter((row) => row.sealed_secret && !keyring.isCurrent(row.sealed_secret));
    for (const row of old) {
      if (!row.sealed_secret) continue;
      const sealed_secret = keyring.seal(purpose, keyring.open(purpose, row.sealed_secret));
      await tx
        .updateTable('sign_in_factors')
        .set({ sealed_secret })
        .where('province_id', '=', row.province_id)
        .where('id', '=', row.id)
        .execute();
    }
    return old.length;
  });
}
