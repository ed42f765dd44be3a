import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { nameKey } from './name-key.ts';
import type { PersonInput } from './people.ts';

export type CheckState = 'unconfirmed' | 'confirmed' | 'differs';

/** A person with what the civil registry said of them; no state = nobody asked. */
export async function findIdentity(tx: Tx, provinceId: number, personId: string) {
  return tx
    .selectFrom('people')
    .leftJoin('identity_checks as c', (join) =>
      join.onRef('c.person_id', '=', 'people.id').on('c.province_id', '=', provinceId),
    )
    .select([
      'people.national_id',
      'people.id_kind',
      'people.first_name',
      'people.last_name',
      'people.father_name',
      'people.birth_on',
      'people.sex',
      'people.mobile',
      'c.state',
    ])
    .where('people.province_id', '=', provinceId)
    .where('people.id', '=', personId)
    .executeTakeFirst();
}

export async function findCheck(
  tx: Tx,
  provinceId: number,
  personId: string,
): Promise<{ state: CheckState } | undefined> {
  const row = await tx
    .selectFrom('identity_checks')
    .select('state')
    .where('province_id', '=', provinceId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { state: row.state as CheckState };
}

/** Begins a question, or begins it again when the last answer was that something differs. */
export async function insertCheck(tx: Tx, act: Act, personId: string): Promise<void> {
  await tx
    .insertInto('identity_checks')
    .values({
      province_id: act.provinceId,
      person_id: personId,
      state: 'unconfirmed',
      asked_at: act.now,
    })
    .onConflict((on) =>
      on
        .columns(['province_id', 'person_id'])
        .doUpdateSet({ state: 'unconfirmed', asked_at: act.now, answered_at: null })
        .where('identity_checks.state', '=', 'differs'),
    )
    .execute();
}

export async function saveCheck(
  tx: Tx,
  provinceId: number,
  personId: string,
  state: 'confirmed' | 'differs',
  now: Date,
): Promise<void> {
  await tx
    .updateTable('identity_checks')
    .set({ state, answered_at: now })
    .where('province_id', '=', provinceId)
    .where('person_id', '=', personId)
    .execute();
}

/** Questions without an answer, the oldest first, of all provinces. */
export async function listUnconfirmed(tx: Tx, limit: number) {
  return tx
    .selectFrom('identity_checks')
    .select(['province_id as provinceId', 'person_id as personId'])
    .where('state', '=', 'unconfirmed')
    .orderBy('asked_at')
    .limit(limit)
    .execute();
}

/** Ties an account to its person and gives it their name. */
export async function linkAccount(
  tx: Tx,
  provinceId: number,
  accountId: string,
  personId: string,
  person: PersonInput,
): Promise<void> {
  const name = `${person.firstName} ${person.lastName}`;
  await tx
    .updateTable('accounts')
    .set({ person_id: personId, name_fa: name, name_en: name })
    .where('province_id', '=', provinceId)
    .where('id', '=', accountId)
    .execute();
}

export async function setPersonMobile(
  tx: Tx,
  provinceId: number,
  personId: string,
  mobile: string | null,
): Promise<void> {
  await tx
    .updateTable('people')
    .set({ mobile })
    .where('province_id', '=', provinceId)
    .where('id', '=', personId)
    .execute();
}

export async function restatePerson(
  tx: Tx,
  act: Act,
  personId: string,
  person: PersonInput,
): Promise<void> {
  await tx
    .updateTable('people')
    .set({
      first_name: person.firstName,
      last_name: person.lastName,
      name_key: nameKey(person.firstName, person.lastName),
      father_name: person.fatherName ?? null,
      birth_on: person.birthOn ?? null,
      sex: person.sex,
    })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', personId)
    .execute();
}

/** Lets go of the accounts that act for a person under another sign-in name than `mobile`. */
export async function unlinkOthers(
  tx: Tx,
  provinceId: number,
  personId: string,
  mobile: string,
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ person_id: null })
    .where('province_id', '=', provinceId)
    .where('person_id', '=', personId)
    .where('role', '=', 'citizen')
    .where('username', '<>', mobile)
    .execute();
}
