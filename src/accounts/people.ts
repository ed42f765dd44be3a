import { type Selectable, sql } from 'kysely';
import { checkForeignCode, checkNationalId, normaliseMobile } from '../kit/identifiers.ts';
import { compactKey, normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { DB, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { nameKey } from './name-key.ts';

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
  readonly fatherName: string | null;
  /** ISO date. */
  readonly birthOn: string | null;
};

/** Where what was given and what the record holds do not agree. */
export type PersonDifference = {
  readonly nationalId: string;
  readonly field: 'name' | 'sex' | 'fatherName' | 'birthOn';
  readonly record: string;
  readonly given: string;
};

/**
 * Makes people known to the province: those whom the record lacks are added, the others are shown to
 * the organisation as well. Who the person is has been judged before, by {@link checkPerson}.
 * Needs a transaction that sees the whole province.
 * @param organisations who gets to see these people from now on: one for all, or one for each
 * @returns the people in the order of `inputs`
 */
export async function knowPeople(
  tx: Tx,
  act: Act,
  organisations: string | readonly string[],
  inputs: readonly PersonInput[],
): Promise<KnownPerson[]> {
  const ids = inputs.map(({ nationalId }) => nationalId);
  const people = await findByNationalId(tx, act.provinceId, ids);
  const met = meetPeople(tx, act, organisations, inputs, people);
  await met.written;
  return met.people;
}

/**
 * As {@link knowPeople}, without waiting: what is asked for next finds them written.
 * @param people the record's people among them, as it was asked; new ones are added
 */
export function meetPeople(
  tx: Tx,
  act: Act,
  organisations: string | readonly string[],
  inputs: readonly PersonInput[],
  people: Map<string, KnownPerson>,
): { people: KnownPerson[]; written: Promise<unknown> } {
  const asked = inputs.map((person, at) => ({ person, seenBy: oneOf(organisations, at) }));
  const fresh = new Map<string, FreshPerson>();
  const shown: FreshPerson[] = [];
  for (const one of asked) {
    const { nationalId } = one.person;
    if (people.has(nationalId) || fresh.has(nationalId)) shown.push(one);
    else fresh.set(nationalId, one);
  }
  const added = [...fresh.values()].map((one) => newPerson(act, one));
  for (const person of added) people.set(person.nationalId, person);
  const written = [insertPeople(tx, act, added)];
  for (const [seenBy, group] of Map.groupBy(shown, (one) => one.seenBy)) {
    const seen = group.map(({ person }) => people.get(person.nationalId)?.id ?? '');
    written.push(showTo(tx, act.provinceId, seenBy, seen));
  }
  const found = inputs.map(({ nationalId }) => people.get(nationalId) as KnownPerson);
  return { people: found, written: Promise.all(written) };
}

/** A person to be added, and who sees them first. */
type FreshPerson = { readonly person: PersonInput; readonly seenBy: string };

/** The organisation of the input at a place: one for all, or one for each. */
export function oneOf(organisations: string | readonly string[], at: number): string {
  return typeof organisations === 'string' ? organisations : (organisations[at] ?? '');
}

/**
 * A person who differs from the record under the same number is neither changed nor guessed about.
 * @throws Problem `accounts.person_differs` (409)
 */
export function checkPerson(record: KnownPerson | undefined, input: PersonInput): void {
  const [difference] = record ? personDifferences(record, input) : [];
  if (difference) throw new Problem('accounts.person_differs', { ...difference });
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

/**
 * A person in the form in which the record keeps them.
 * @throws Problem `accounts.not_a_national_id` (422)
 */
export function cleanPerson(input: PersonInput): PersonInput {
  return {
    ...input,
    nationalId: checkedId(input),
    firstName: normaliseText(input.firstName),
    lastName: normaliseText(input.lastName),
    fatherName: input.fatherName ? normaliseText(input.fatherName) : null,
    mobile: input.mobile ? (normaliseMobile(input.mobile) ?? null) : null,
  };
}

/**
 * Where a person given and the record disagree. Names are compared as people read them: spaces, ZWNJ
 * and Arabic letters make no other person. What either side does not say cannot differ; a telephone
 * changes, and says nothing about who somebody is.
 */
export function personDifferences(record: KnownPerson, input: PersonInput): PersonDifference[] {
  const { nationalId } = record;
  const pairs = [
    ['name', `${record.firstName} ${record.lastName}`, `${input.firstName} ${input.lastName}`],
    ['sex', record.sex, input.sex],
    ['fatherName', record.fatherName, input.fatherName ?? null],
    ['birthOn', record.birthOn, input.birthOn ?? null],
  ] as const;
  return pairs.flatMap(([field, known, given]) => {
    if (known === null || given === null || known === given) return [];
    const differs = compactKey(known) !== compactKey(given);
    return differs ? [{ nationalId, field, record: known, given }] : [];
  });
}

type PersonRow = Pick<
  Selectable<DB['people']>,
  'id' | 'national_id' | 'first_name' | 'last_name' | 'sex' | 'father_name' | 'birth_on'
>;

/**
 * The people of a province by national ID. Each is asked for by itself: of a long list and a table
 * that grew since it was last counted, PostgreSQL would think that all of it is asked for.
 */
export async function findByNationalId(
  tx: Tx,
  provinceId: number,
  nationalIds: readonly string[],
): Promise<Map<string, KnownPerson>> {
  if (nationalIds.length === 0) return new Map();
  const { rows } = await sql<PersonRow>`
    select p.* from unnest(${nationalIds}::text[]) as asked (national_id), lateral (
      select id, national_id, first_name, last_name, sex, father_name, birth_on from people
      where province_id = ${provinceId} and national_id = asked.national_id offset 0) p`.execute(
    tx,
  );
  return new Map(
    rows.map((row) => [
      row.national_id,
      {
        id: row.id,
        nationalId: row.national_id,
        firstName: row.first_name,
        lastName: row.last_name,
        sex: row.sex === 'male' ? 'male' : 'female',
        fatherName: row.father_name,
        birthOn: row.birth_on === null ? null : String(row.birth_on),
      },
    ]),
  );
}

function newPerson(act: Act, { person, seenBy }: FreshPerson) {
  return {
    ...person,
    seenBy,
    id: uuid7(act.now.getTime()),
    fatherName: person.fatherName ?? null,
    birthOn: person.birthOn ?? null,
  };
}

async function insertPeople(
  tx: Tx,
  act: Act,
  people: readonly ReturnType<typeof newPerson>[],
): Promise<void> {
  if (people.length === 0) return;
  const names = people.map((p) => nameKey(p.firstName, p.lastName));
  await sql`
    insert into people (province_id, id, national_id, id_kind, first_name, last_name, father_name,
      birth_on, sex, mobile, name_key, demonstration, seen_by, recorded_at)
    select ${act.provinceId}::integer, i.id, i.national_id, i.id_kind, i.first_name, i.last_name,
      i.father_name, i.birth_on, i.sex, i.mobile, i.name_key, i.demonstration, array[i.seen_by],
      ${act.now}::timestamptz
    from unnest(${people.map((p) => p.id)}::uuid[], ${people.map((p) => p.nationalId)}::text[],
      ${people.map((p) => p.idKind)}::text[], ${people.map((p) => p.firstName)}::text[],
      ${people.map((p) => p.lastName)}::text[], ${people.map((p) => p.fatherName)}::text[],
      ${people.map((p) => p.birthOn)}::date[], ${people.map((p) => p.sex)}::text[],
      ${people.map((p) => p.mobile ?? null)}::text[], ${names}::text[],
      ${people.map((p) => p.demonstration ?? false)}::boolean[],
      ${people.map((p) => p.seenBy)}::text[]) as i(id, national_id, id_kind, first_name, last_name,
        father_name, birth_on, sex, mobile, name_key, demonstration, seen_by)`.execute(tx);
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

/** Whether a province's people are invented: then every figure says so. */
export async function isDemonstration(tx: Tx, provinceId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('people')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('demonstration', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
