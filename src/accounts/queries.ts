import { sql } from 'kysely';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Role } from '../platform/policy.ts';

/** A sign-in name is looked up before the province is known: its table is keyed by name alone. */
export function findSignInName(tx: Tx, name: string) {
  return tx
    .selectFrom('sign_in_names')
    .select(['province_id', 'account_id'])
    .where('name', '=', name)
    .executeTakeFirst();
}

/** The account, unless it was closed. */
export function findAccount(tx: Tx, provinceId: number, id: string) {
  return tx
    .selectFrom('accounts')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}

export type NewAccount = {
  readonly provinceId: number;
  readonly username: string;
  readonly passwordHash: string | null;
  readonly personId: string | null;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly role: Role;
  readonly organisationId: string | null;
  readonly demonstration: boolean;
};

/** Opens an account under its sign-in name; a taken name violates `sign_in_names_pkey`. */
export async function insertAccount(tx: Tx, account: NewAccount, now: Date): Promise<string> {
  const id = uuid7(now.getTime());
  await tx
    .insertInto('accounts')
    .values({
      province_id: account.provinceId,
      id,
      username: account.username,
      password_hash: account.passwordHash,
      person_id: account.personId,
      name_fa: account.nameFa,
      name_en: account.nameEn,
      role: account.role,
      organisation_id: account.organisationId,
      demonstration: account.demonstration,
      recorded_at: now,
    })
    .execute();
  await tx
    .insertInto('sign_in_names')
    .values({ name: account.username, province_id: account.provinceId, account_id: id })
    .execute();
  return id;
}

export async function insertCode(
  tx: Tx,
  code: {
    readonly provinceId: number;
    readonly mobile: string;
    /** The browser that asked for it. */
    readonly deviceId: string;
    readonly hash: string;
    readonly now: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto('sign_in_codes')
    .values({
      province_id: code.provinceId,
      id: uuid7(code.now.getTime()),
      mobile: code.mobile,
      device_id: code.deviceId,
      code_hash: code.hash,
      recorded_at: code.now,
      expires_at: code.expiresAt,
    })
    .execute();
}

/** The newest code that a mobile was sent for a browser and that can still be used, locked. */
export function findCodeForUpdate(
  tx: Tx,
  provinceId: number,
  of: { readonly mobile: string; readonly deviceId: string },
  now: Date,
) {
  return tx
    .selectFrom('sign_in_codes')
    .select(['id', 'code_hash', 'wrong_tries'])
    .where('province_id', '=', provinceId)
    .where('mobile', '=', of.mobile)
    .where('device_id', '=', of.deviceId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('wrong_tries', '<', 5)
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function markCode(
  tx: Tx,
  provinceId: number,
  id: string,
  outcome: { usedAt: Date } | { wrong: true },
): Promise<void> {
  await tx
    .updateTable('sign_in_codes')
    .set('usedAt' in outcome ? { used_at: outcome.usedAt } : { wrong_tries: sql`wrong_tries + 1` })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/** The one person in the province who gave this mobile; undefined when there is none, or several. */
export async function findPersonByMobile(tx: Tx, provinceId: number, mobile: string) {
  const rows = await tx
    .selectFrom('people')
    .select(['id', 'first_name', 'last_name'])
    .where('province_id', '=', provinceId)
    .where('mobile', '=', mobile)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0] : undefined;
}
