import { createHash, randomBytes } from 'node:crypto';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';

/** How long an opening code can be used. */
const codeDays = 7;
/** Crockford's base 32: nothing in it is taken for something else on paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `04-8K3QX-…`: two digits of province, then 100 random bits in four groups. */
function makeCode(provinceId: number): string {
  const letters = [...randomBytes(20)].map((byte) => alphabet.charAt(byte & 31)).join('');
  const groups = letters.match(/.{5}/g) ?? [];
  return [String(provinceId).padStart(2, '0'), ...groups].join('-');
}

/** Reads a code as somebody types it; undefined for what cannot be one. */
export function parseOpeningCode(text: string): { provinceId: number; hash: Buffer } | undefined {
  const plain = toAsciiDigits(text).toUpperCase().replaceAll(/[\s-]/g, '');
  const read = plain.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (!/^\d{2}[0-9A-HJKMNP-TV-Z]{20}$/.test(read)) return undefined;
  return { provinceId: Number(read.slice(0, 2)), hash: hashOf(read) };
}

function hashOf(plain: string): Buffer {
  return createHash('sha256').update(plain).digest();
}

/** A fresh code of an account; only its hash is kept. */
export async function makeOpeningCode(tx: Tx, act: Act, accountId: string): Promise<string> {
  const code = makeCode(act.provinceId);
  await tx
    .insertInto('opening_codes')
    .values({
      province_id: act.provinceId,
      id: uuid7(act.now.getTime()),
      account_id: accountId,
      code_hash: hashOf(code.replaceAll('-', '')),
      recorded_at: act.now,
      expires_at: new Date(act.now.getTime() + codeDays * 86_400_000),
    })
    .execute();
  return code;
}

/** Uses a code up. @returns the account that it opens; undefined when it is worth nothing */
export async function takeOpeningCode(
  tx: Tx,
  { provinceId, hash }: { provinceId: number; hash: Buffer },
  now: Date,
): Promise<string | undefined> {
  const row = await tx
    .updateTable('opening_codes')
    .set({ used_at: now })
    .where('province_id', '=', provinceId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('account_id')
    .executeTakeFirst();
  return row?.account_id;
}
