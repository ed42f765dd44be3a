import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';

/** The factors that an account can sign in with. */
export function listFactors(tx: Tx, provinceId: number, accountId: string) {
  return tx
    .selectFrom('sign_in_factors')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
}

export type FactorRow = Awaited<ReturnType<typeof listFactors>>[number];

/** A factor of an account by its id, confirmed or not, locked; undefined when it ended or is another's. */
export function findFactorForUpdate(tx: Tx, provinceId: number, accountId: string, id: string) {
  return tx
    .selectFrom('sign_in_factors')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** A passkey by its credential's id, locked. */
export function findPasskeyForUpdate(tx: Tx, provinceId: number, credentialId: string) {
  return tx
    .selectFrom('sign_in_factors')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('credential_id', '=', credentialId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

type NewFactor = {
  readonly kind: 'totp' | 'passkey';
  readonly name: string;
  readonly sealedSecret?: Buffer;
  readonly credentialId?: string;
  readonly publicKey?: Buffer;
  readonly usedCount?: number;
  readonly transports?: readonly string[];
  readonly confirmed: boolean;
};

export async function insertFactor(
  tx: Tx,
  act: Act,
  accountId: string,
  factor: NewFactor,
): Promise<string> {
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('sign_in_factors')
    .values({
      province_id: act.provinceId,
      id,
      account_id: accountId,
      kind: factor.kind,
      name: factor.name,
      sealed_secret: factor.sealedSecret ?? null,
      credential_id: factor.credentialId ?? null,
      public_key: factor.publicKey ?? null,
      used_count: factor.usedCount ?? 0,
      transports: [...(factor.transports ?? [])],
      recorded_at: act.now,
      confirmed_at: factor.confirmed ? act.now : null,
    })
    .execute();
  return id;
}

export async function saveFactor(
  tx: Tx,
  provinceId: number,
  id: string,
  values: { used_count?: number; confirmed_at?: Date; used_at?: Date; ended_at?: Date },
): Promise<void> {
  await tx
    .updateTable('sign_in_factors')
    .set(values)
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/** A lost phone and everything with it: no factor and no recovery code of the account is worth anything. */
export async function endFactorsOf(tx: Tx, act: Act, accountId: string): Promise<void> {
  await tx
    .updateTable('sign_in_factors')
    .set({ ended_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute();
  await tx
    .deleteFrom('recovery_codes')
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .execute();
}
