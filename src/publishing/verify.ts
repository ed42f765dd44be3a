import { sql } from 'kysely';
import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  provinceLabel,
  type Reference,
  referenceOf,
} from '../accounts/index.ts';
import type { Database } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import type { PermitCheck, VerifiedNumber } from './contract.ts';
import { type BasisVerb, basisOf, numberForms, permitStatus, provincesOf } from './rules.ts';

export type CheckedPermit = Static<typeof PermitCheck>;

/** How many numbers one statement looks up. */
const slice = 10_000;

/**
 * The permits with numbers as somebody typed them, each in its place; undefined where there is none. The
 * one function behind the single page, the batch, the spreadsheet and the command. Looks in the province
 * that a number names, and in the home province, whose offices' own numbers carry none.
 * @param today ISO date
 */
export async function checkNumbers(
  database: Database,
  typed: readonly string[],
  homeProvince: number,
  today: string,
): Promise<(CheckedPermit | undefined)[]> {
  const reference = await referenceOf(database);
  const wanted = typed.map((text) => placesOf(reference, text, homeProvince));
  const byProvince = Map.groupBy(wanted.flat(), ({ provinceId }) => provinceId);
  const found = new Map<string, CheckedPermit>();
  for (const [provinceId, places] of byProvince) {
    const numbers = [...new Set(places.map(({ number }) => number))];
    for (let at = 0; at < numbers.length; at += slice) {
      const rows = await selectPermits(database, provinceId, numbers.slice(at, at + slice));
      for (const row of rows) {
        found.set(`${provinceId} ${row.number}`, toCheck(reference, provinceId, row, today));
      }
    }
  }
  return wanted.map((places) => {
    const place = places.find((one) => found.has(keyOf(one)));
    return place && found.get(keyOf(place));
  });
}

type Place = { readonly provinceId: number; readonly number: string };

const keyOf = ({ provinceId, number }: Place) => `${provinceId} ${number}`;

/** Where a number could stand in the record, likeliest place first. */
function placesOf(reference: Reference, typed: string, homeProvince: number): Place[] {
  return numberForms(typed).flatMap((number) =>
    provincesOf(number, homeProvince)
      .filter((provinceId) => reference.provinces.has(provinceId))
      .map((provinceId) => ({ provinceId, number })),
  );
}

type PermitRow = {
  number: string;
  issued_on: string;
  valid_until: string;
  revoked_on: string | null;
  status: string;
  valid_from: string;
  conditions: unknown;
  approvals: readonly { verb: BasisVerb }[];
  occupation_id: string;
  county_id: number;
  agency_id: string;
  first_name: string;
  last_name: string;
  demonstration: boolean;
};

async function selectPermits(
  database: Database,
  provinceId: number,
  numbers: readonly string[],
): Promise<PermitRow[]> {
  const context = { ...provinceContext(provinceId), pool: 'reports' } as const;
  return database.transaction(context, async (tx) => {
    const { rows } = await sql<PermitRow>`
      select p.number, p.issued_on, p.valid_until, p.revoked_on, v.status, v.valid_from,
        v.conditions, v.approvals, v.occupation_id, v.county_id, v.agency_id,
        h.first_name, h.last_name, h.demonstration
      from unnest(${numbers}::text[]) as i(number)
      join permits p on p.province_id = ${provinceId}::integer and p.number = i.number
        and p.taken_back_at is null
      cross join lateral (select * from permit_versions v
        where v.province_id = ${provinceId}::integer and v.permit_id = p.id
        order by v.version desc limit 1) v
      join people h on h.province_id = ${provinceId}::integer and h.id = v.person_id`.execute(tx);
    return rows;
  });
}

function toCheck(
  reference: Reference,
  provinceId: number,
  row: PermitRow,
  today: string,
): CheckedPermit {
  const validUntil = String(row.valid_until);
  const status = permitStatus({ validUntil, status: row.status }, today);
  return {
    number: row.number,
    status,
    name: `${row.first_name} ${row.last_name}`,
    occupation: occupationLabel(reference, row.occupation_id),
    county: countyLabel(reference, row.county_id),
    province: provinceLabel(reference, provinceId),
    agency: organisationLabel(reference, row.agency_id),
    issuedOn: String(row.issued_on),
    since: String(row.valid_from),
    validUntil,
    revokedOn: row.revoked_on === null ? null : String(row.revoked_on),
    basis: basisOf(row.approvals.map(({ verb }) => verb)),
    conditions: Array.isArray(row.conditions) ? row.conditions.map(String) : [],
    demonstration: row.demonstration,
  };
}

/**
 * A checked number as a batch tells it: what the permit is worth, and nothing about its holder, since
 * fifty thousand numbers at once are no longer somebody with a permit in hand.
 */
export function batchLine(
  typed: string,
  found: CheckedPermit | undefined,
): Static<typeof VerifiedNumber> {
  if (!found) {
    return {
      typed,
      number: null,
      status: 'unknown',
      occupation: null,
      since: null,
      validUntil: null,
    };
  }
  const { number, status, occupation, since, validUntil } = found;
  return { typed, number, status, occupation: occupation.id, since, validUntil };
}
