import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type ChangeVerb, staffRoles } from '../staff-rules.ts';

/** A change as it is written when it is asked for. */
export type NewChange = {
  readonly accountId: string | null;
  readonly verb: ChangeVerb;
  readonly username: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly role: string;
  readonly organisationId: string;
  readonly mobile: string | null;
  readonly externalName: string | null;
  readonly reason: string;
};

/** How a change begins: asked for, or done at once, by whom it may be. */
type Beginning = { readonly done: boolean; readonly byCommand: boolean };

/** @returns the id of the change */
export async function insertChange(
  tx: Tx,
  act: Act,
  change: NewChange,
  { done, byCommand }: Beginning,
): Promise<string> {
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('account_changes')
    .values({
      province_id: act.provinceId,
      id,
      account_id: change.accountId,
      verb: change.verb,
      username: change.username,
      name_fa: change.nameFa,
      name_en: change.nameEn,
      role: change.role,
      organisation_id: change.organisationId,
      mobile: change.mobile,
      external_name: change.externalName,
      reason: change.reason,
      state: done ? 'done' : 'asked',
      by_command: byCommand,
      asked_by: act.actorId,
      asked_at: act.now,
      ...(done ? { decided_by: act.actorId, decided_at: act.now } : {}),
    })
    .execute();
  return id;
}

export type ChangeRow = NonNullable<Awaited<ReturnType<typeof findChangeForUpdate>>>;

export function findChangeForUpdate(tx: Tx, provinceId: number, id: string) {
  return tx
    .selectFrom('account_changes')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function saveDecision(
  tx: Tx,
  act: Act,
  id: string,
  given: { state: 'done' | 'refused'; emergency: boolean; accountId: string | null },
): Promise<void> {
  await tx
    .updateTable('account_changes')
    .set({
      state: given.state,
      emergency: given.emergency,
      account_id: given.accountId,
      decided_by: act.actorId,
      decided_at: act.now,
    })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
}

/** Everything that somebody could do with an account ends: sessions, codes and the names of it elsewhere. */
export async function endSessionsOf(tx: Tx, act: Act, accountId: string): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ ended_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute();
  await tx
    .updateTable('opening_codes')
    .set({ used_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute();
}

export async function saveAccount(
  tx: Tx,
  provinceId: number,
  id: string,
  values: {
    role?: string;
    organisation_id?: string;
    name_fa?: string;
    name_en?: string;
    mobile?: string | null;
    closed_at?: Date;
    password_hash?: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set(values)
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/** The name by which an identity server knows an account, in the table of names that are unique. */
export const externalSignIn = (name: string): string => `oidc:${name}`;

/** Ties an account to its name at the identity server, and to no other. */
export async function setExternalName(
  tx: Tx,
  provinceId: number,
  accountId: string,
  name: string | null,
): Promise<void> {
  await tx
    .deleteFrom('sign_in_names')
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .where('name', 'like', 'oidc:%')
    .execute();
  if (name === null) return;
  await tx
    .insertInto('sign_in_names')
    .values({ name: externalSignIn(name), province_id: provinceId, account_id: accountId })
    .execute();
}

const staff = Object.keys(staffRoles);

/** The accounts of a province's staff, the open ones first. */
export function listAccounts(tx: Tx, provinceId: number) {
  return tx
    .selectFrom('accounts')
    .select(['id', 'username', 'name_fa', 'name_en', 'role', 'organisation_id'])
    .select(['recorded_at', 'closed_at', 'demonstration'])
    .where('province_id', '=', provinceId)
    .where('role', 'in', staff)
    .where('username', 'not like', 'client:%')
    .orderBy('closed_at', (at) => at.desc().nullsFirst())
    .orderBy('username')
    .limit(500)
    .execute();
}

/** What waits for a second person, then what was decided, the newest first. */
export function listChanges(tx: Tx, provinceId: number) {
  return tx
    .selectFrom('account_changes as c')
    .leftJoin('accounts as a', (join) =>
      join.onRef('a.province_id', '=', 'c.province_id').onRef('a.id', '=', 'c.asked_by'),
    )
    .leftJoin('accounts as d', (join) =>
      join.onRef('d.province_id', '=', 'c.province_id').onRef('d.id', '=', 'c.decided_by'),
    )
    .selectAll('c')
    .select(['a.name_fa as asker_fa', 'a.name_en as asker_en'])
    .select(['d.name_fa as decider_fa', 'd.name_en as decider_en'])
    .where('c.province_id', '=', provinceId)
    .orderBy((of) => of.case().when('c.state', '=', 'asked').then(0).else(1).end())
    .orderBy('c.id', 'desc')
    .limit(100)
    .execute();
}

/** How many open accounts may decide about others: with two of them there is always a second person. */
export async function countDeciders(tx: Tx, provinceId: number): Promise<number> {
  const { count } = await tx
    .selectFrom('accounts')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('province_id', '=', provinceId)
    .where('role', 'in', ['admin', 'director'])
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The open account of a province under a sign-in name. */
export function findStaffAccount(tx: Tx, provinceId: number, username: string) {
  return tx
    .selectFrom('accounts')
    .select(['id', 'role', 'organisation_id'])
    .where('province_id', '=', provinceId)
    .where('username', '=', username)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}
