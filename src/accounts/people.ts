import { sql } from 'kysely';
import { checkForeignCode, checkNationalId, normaliseMobile } from '../kit/identifiers.ts';
import { normaliseText, searchKey } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';

/** A person as a form or a register gives them. */
export type PersonInput = {
  /** Ten digits, or a foreigner's code, digits in any script. */
  readonly nationalId: string;
  readonly idKind: 'national' | 'foreign';
  readonly firstName: string;
  readonly lastName: string;
  readonly fatherName?: string | null;
  /** ISO date. */
  readonly birthOn?: string | null;
  readonly sex: 'female' | 'male';
  readonly mobile?: string | null;
  /** Invented, for the demonstration. */
  readonly demonstration?: boolean;
};

/** A person as the record knows them. */
export type KnownPerson = {
  readonly id: string;
  readonly nationalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly sex: 'female' | 'male';
};

/** Where what was given and what the record holds do not agree. */
export type PersonDifference = {
  readonly nationalId: string;
  readonly field: 'name' | 'sex';
  readonly record: string;
  readonly given: string;
};

/** What {@link knowPeople} answers: the people in the order asked, and who differs from the record. */
export type Known = {
  readonly people: readonly KnownPerson[];
  readonly differences: readonly PersonDifference[];
};

/**
 * Finds the people in the province's record and adds those who are new. A person whose name or sex
 * differs from the record is neither changed nor guessed about, but reported.
 * Needs a transaction that sees the whole province.
 * @param organisationId who gets to see these people from now on
 * @throws Problem `accounts.not_a_national_id` (422)
 */
export async function knowPeople(
  tx: Tx,
  act: Act,
  organisationId: string,
  inputs: readonly PersonInput[],
): Promise<Known> {
  const asked = inputs.map(clean);
  const given = new Map(asked.map((input) => [input.nationalId, input]));
  const before = await findByNationalId(tx, act.provinceId, [...given.keys()]);
  const fresh = [...given].filter(([nationalId]) => !before.has(nationalId));
  const people = new Map(before);
  for (const person of await insertPeople(
    tx,
    act,
    organisationId,
    fresh.map(([, one]) => one),
  )) {
    people.set(person.nationalId, person);
  }
  await showTo(
    tx,
    act.provinceId,
    organisationId,
    [...before.values()].map(({ id }) => id),
  );
  const differences = [...given].flatMap(([nationalId, input]) => {
    const record = before.get(nationalId);
    return record ? differencesOf(record, input) : [];
  });
  return {
    people: asked.map(({ nationalId }) => people.get(nationalId) as KnownPerson),
    differences,
  };
}

/** The person's national ID or foreigner's code, checked, in ASCII digits. */
function checkedId(input: PersonInput): string {
  const checked =
    input.idKind === 'national'
      ? checkNationalId(input.nationalId)
      : checkForeignCode(input.nationalId);
  if (!checked.ok) throw new Problem('accounts.not_a_national_id', { given: input.nationalId });
  return checked.value;
}

function clean(input: PersonInput): PersonInput {
  return {
    ...input,
    nationalId: checkedId(input),
    firstName: normaliseText(input.firstName),
    lastName: normaliseText(input.lastName),
    mobile: input.mobile ? (normaliseMobile(input.mobile) ?? null) : null,
  };
}

/** Names are compared as people read them: spaces, ZWNJ and Arabic letters make no other person. */
function differencesOf(record: KnownPerson, input: PersonInput): PersonDifference[] {
  const { nationalId } = record;
  const recordName = `${record.firstName} ${record.lastName}`;
  const givenName = `${input.firstName} ${input.lastName}`;
  const out: PersonDifference[] = [];
  if (key(recordName) !== key(givenName)) {
    out.push({ nationalId, field: 'name', record: recordName, given: givenName });
  }
  if (record.sex !== input.sex) {
    out.push({ nationalId, field: 'sex', record: record.sex, given: input.sex });
  }
  return out;
}

function key(name: string): string {
  return searchKey(name).replaceAll(' ', '');
}

/** The people of a province by national ID. */
export async function findByNationalId(
  tx: Tx,
  provinceId: number,
  nationalIds: readonly string[],
): Promise<Map<string, KnownPerson>> {
  if (nationalIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('people')
    .select(['id', 'national_id', 'first_name', 'last_name', 'sex'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`national_id = any(${nationalIds}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.national_id,
      {
        id: row.id,
        nationalId: row.national_id,
        firstName: row.first_name,
        lastName: row.last_name,
        sex: row.sex === 'male' ? 'male' : 'female',
      },
    ]),
  );
}

async function insertPeople(
  tx: Tx,
  act: Act,
  organisationId: string,
  inputs: readonly PersonInput[],
): Promise<KnownPerson[]> {
  if (inputs.length === 0) return [];
  const people = inputs.map((input) => ({ ...input, id: uuid7(act.now.getTime()) }));
  const names = people.map((p) => searchKey(`${p.firstName} ${p.lastName}`));
  await sql`
    insert into people (province_id, id, national_id, id_kind, first_name, last_name, father_name,
      birth_on, sex, mobile, name_key, demonstration, seen_by, recorded_at)
    select ${act.provinceId}::integer, i.*, array[${organisationId}::text], ${act.now}::timestamptz
    from unnest(${people.map((p) => p.id)}::uuid[], ${people.map((p) => p.nationalId)}::text[],
      ${people.map((p) => p.idKind)}::text[], ${people.map((p) => p.firstName)}::text[],
      ${people.map((p) => p.lastName)}::text[], ${people.map((p) => p.fatherName ?? null)}::text[],
      ${people.map((p) => p.birthOn ?? null)}::date[], ${people.map((p) => p.sex)}::text[],
      ${people.map((p) => p.mobile ?? null)}::text[], ${names}::text[],
      ${people.map((p) => p.demonstration ?? false)}::boolean[]) as i`.execute(tx);
  return people;
}

/** Lets an organisation see people; a row that it sees already is not written again. */
export async function showTo(
  tx: Tx,
  provinceId: number,
  organisationId: string,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
  await sql`update people set seen_by = seen_by || ${organisationId}::text
    where province_id = ${provinceId} and id = any(${personIds}::uuid[])
      and not ${organisationId}::text = any(seen_by)`.execute(tx);
}
