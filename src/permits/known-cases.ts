import { sql } from 'kysely';
import type { KnownPerson } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Kind, PermitState } from './rules.ts';

/** A case as far as something that comes from outside can be compared with it. */
export type KnownCase = {
  readonly id: string;
  readonly state: PermitState;
  readonly kind: Kind;
  readonly occupationId: string;
  readonly agencyId: string;
  readonly countyId: number;
  readonly area: 'urban' | 'rural';
  readonly person: KnownPerson;
  /** The permit's number and its day (ISO); null before it is issued. */
  readonly permitNumber: string | null;
  readonly issuedOn: string | null;
};

/** Which cases to look up: those with these numbers, of these people, and these themselves. */
export type CaseKeys = {
  readonly numbers?: readonly string[];
  readonly nationalIds?: readonly string[];
  readonly ids?: readonly string[];
};

/**
 * States in which a person may not open a second case in the occupation: those of the index
 * `cases_one_live_per_occupation`.
 */
const live: readonly PermitState[] = [
  'submitted',
  'clearance',
  'needs_correction',
  'agency_signed',
  'issued',
  'suspended',
  'renewal_asked',
  'renewal_signed',
  'objected',
];

/** The cases that a batch of acts or of a register's rows could be about, growing as it adds its own. */
export class CaseBook {
  private readonly numbers = new Map<string, KnownCase>();
  private readonly people = new Map<string, KnownCase[]>();
  private readonly ids = new Map<string, KnownCase>();
  /** Those that were added since the record was asked. */
  readonly added: KnownCase[] = [];

  constructor(cases: readonly KnownCase[] = []) {
    for (const one of cases) this.put(one);
  }

  add(it: KnownCase): void {
    this.put(it);
    this.added.push(it);
  }

  private put(it: KnownCase): void {
    if (this.ids.has(it.id)) return;
    this.ids.set(it.id, it);
    if (it.permitNumber !== null) this.numbers.set(it.permitNumber, it);
    const { nationalId } = it.person;
    const own = this.people.get(nationalId);
    if (own) own.push(it);
    else this.people.set(nationalId, [it]);
  }

  /** Lets this book see what another added; a case that both hold stays as it is here. */
  follow(book: CaseBook): void {
    for (const it of book.added) this.put(it);
  }

  byId(id: string): KnownCase | undefined {
    return this.ids.get(id);
  }

  byNumber(number: string): KnownCase | undefined {
    return this.numbers.get(number);
  }

  ofPerson(nationalId: string): readonly KnownCase[] {
    return this.people.get(nationalId) ?? [];
  }

  /** The case that keeps a person from opening another one in the occupation. */
  liveCase(nationalId: string, occupationId: string): KnownCase | undefined {
    return this.ofPerson(nationalId).find(
      (it) => it.occupationId === occupationId && live.includes(it.state),
    );
  }
}

/**
 * The cases that the record holds under these keys; cases that were taken back are not there. Each key
 * is asked for by itself: of a long list and a table that grew since it was last counted, PostgreSQL
 * would think that all of it is asked for.
 */
export async function findCases(tx: Tx, provinceId: number, keys: CaseKeys): Promise<CaseBook> {
  const found = await Promise.all([
    idsByNumber(tx, provinceId, keys.numbers ?? []),
    idsByPerson(tx, provinceId, keys.nationalIds ?? []),
  ]);
  const ids = new Set([...(keys.ids ?? []), ...found.flat()]);
  if (ids.size === 0) return new CaseBook();
  const { rows } = await sql<RawCase>`
    select c.id, c.state, c.kind, c.occupation_id, c.agency_id, c.county_id, c.area, c.person_id,
      p.national_id, p.first_name, p.last_name, p.sex, p.father_name, p.birth_on,
      m.number, m.issued_on
    from cases c
    join people p on p.province_id = ${provinceId} and p.id = c.person_id
    left join permits m on m.province_id = ${provinceId} and m.id = c.permit_id
    where c.province_id = ${provinceId} and c.id = any(${[...ids]}::uuid[]) and c.state <> 'void'
    order by c.id`.execute(tx);
  return new CaseBook(rows.map(toKnown));
}

async function idsByNumber(tx: Tx, provinceId: number, numbers: readonly string[]) {
  if (numbers.length === 0) return [];
  const { rows } = await sql<{ case_id: string }>`
    select p.case_id from unnest(${numbers}::text[]) as asked (number), lateral (
      select case_id, taken_back_at from permits where province_id = ${provinceId}
        and number = asked.number offset 0) p
    where p.taken_back_at is null`.execute(tx);
  return rows.map((row) => row.case_id);
}

async function idsByPerson(tx: Tx, provinceId: number, nationalIds: readonly string[]) {
  if (nationalIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${nationalIds}::text[]) as asked (national_id),
      lateral (select id from people where province_id = ${provinceId}
        and national_id = asked.national_id offset 0) p,
      lateral (select id from cases where province_id = ${provinceId}
        and person_id = p.id offset 0) c`.execute(tx);
  return rows.map((row) => row.id);
}

type RawCase = {
  id: string;
  state: PermitState;
  kind: Kind;
  occupation_id: string;
  agency_id: string;
  county_id: number;
  area: 'urban' | 'rural';
  person_id: string;
  national_id: string;
  first_name: string;
  last_name: string;
  sex: 'female' | 'male';
  father_name: string | null;
  birth_on: string | null;
  number: string | null;
  issued_on: string | null;
};

function toKnown(row: RawCase): KnownCase {
  return {
    id: row.id,
    state: row.state,
    kind: row.kind,
    occupationId: row.occupation_id,
    agencyId: row.agency_id,
    countyId: row.county_id,
    area: row.area,
    person: {
      id: row.person_id,
      nationalId: row.national_id,
      firstName: row.first_name,
      lastName: row.last_name,
      sex: row.sex,
      fatherName: row.father_name,
      birthOn: row.birth_on,
    },
    permitNumber: row.number,
    issuedOn: row.issued_on,
  };
}
