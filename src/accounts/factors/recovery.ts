import { randomBytes } from 'node:crypto';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Keyring } from '../../platform/keyring.ts';

const howMany = 10;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const purpose = 'recovery code';

/** Eighty random bits: `8K3Q-XW2M-…`. */
function makeCode(): string {
  const letters = [...randomBytes(16)].map((byte) => alphabet.charAt(byte & 31)).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

const plain = (code: string) =>
  toAsciiDigits(code).toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0');

/** Whether a text can be a recovery code rather than the six digits of an app. */
export function looksLikeRecovery(text: string): boolean {
  return plain(text).length === 16;
}

/** New recovery codes in the place of all older ones; told once, here. */
export async function makeRecoveryCodes(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  accountId: string,
): Promise<string[]> {
  const codes = Array.from({ length: howMany }, makeCode);
  await tx
    .deleteFrom('recovery_codes')
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .execute();
  await tx
    .insertInto('recovery_codes')
    .values(
      codes.map((code) => ({
        province_id: act.provinceId,
        id: uuid7(act.now.getTime()),
        account_id: accountId,
        code_mac: keyring.digests(purpose, `${accountId} ${plain(code)}`)[0] ?? Buffer.alloc(0),
        recorded_at: act.now,
      })),
    )
    .execute();
  return codes;
}

/** Uses a code up. @returns whether it was one of the account's */
export async function takeRecoveryCode(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  accountId: string,
  code: string,
): Promise<boolean> {
  const taken = await tx
    .updateTable('recovery_codes')
    .set({ used_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .where('code_mac', 'in', keyring.digests(purpose, `${accountId} ${plain(code)}`))
    .where('used_at', 'is', null)
    .returning('id')
    .execute();
  return taken.length > 0;
}

/** How many codes are left. */
export async function countRecoveryCodes(tx: Tx, provinceId: number, accountId: string) {
  const { count } = await tx
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
