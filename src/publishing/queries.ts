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
import type { IsoDate } from '../kit/jalali.ts';
import type { Database, Tx } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import type { PermitCheck } from './contract.ts';
import { numberForms, type PermitDay, permitStatus, provincesOf } from './rules.ts';

export type CheckedPermit = Static<typeof PermitCheck>;

/**
 * The permit with a number as somebody typed it; undefined when there is none. Looks in the province
 * that the number names, and in the home province, whose offices' own numbers carry none.
 */
export async function findPermit(
  database: Database,
  typed: string,
  homeProvince: number,
  today: string,
): Promise<CheckedPermit | undefined> {
  const reference = await referenceOf(database);
  for (const form of numberForms(typed)) {
    for (const provinceId of provincesOf(form, homeProvince)) {
      if (!reference.provinces.has(provinceId)) continue;
      const row = await database.transaction(provinceContext(provinceId), (tx) =>
        selectPermit(tx, provinceId, form),
      );
      if (row) return toCheck(reference, provinceId, row, today);
    }
  }
  return undefined;
}

function selectPermit(tx: Tx, provinceId: number, number: string) {
  return tx
    .selectFrom('permits')
    .innerJoin('cases', (join) =>
      join.onRef('cases.id', '=', 'permits.case_id').on('cases.province_id', '=', provinceId),
    )
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'cases.person_id').on('people.province_id', '=', provinceId),
    )
    .select([
      'permits.number',
      'permits.issued_on',
      'permits.valid_until',
      'permits.revoked_on',
      'cases.occupation_id',
      'cases.county_id',
      'cases.agency_id',
      'people.first_name',
      'people.last_name',
      'people.demonstration',
    ])
    .where('permits.province_id', '=', provinceId)
    .where('permits.number', '=', number)
    .where('permits.taken_back_at', 'is', null)
    .executeTakeFirst();
}

type PermitRow = NonNullable<Awaited<ReturnType<typeof selectPermit>>>;

function toCheck(
  reference: Reference,
  provinceId: number,
  row: PermitRow,
  today: string,
): CheckedPermit {
  const validUntil = String(row.valid_until);
  const revokedOn = row.revoked_on === null ? null : String(row.revoked_on);
  return {
    number: row.number,
    status: permitStatus({ validUntil, revokedOn }, today),
    name: `${row.first_name} ${row.last_name}`,
    occupation: occupationLabel(reference, row.occupation_id),
    county: countyLabel(reference, row.county_id),
    province: provinceLabel(reference, provinceId),
    agency: organisationLabel(reference, row.agency_id),
    issuedOn: String(row.issued_on),
    validUntil,
    revokedOn,
    demonstration: row.demonstration,
  };
}

/** Permits issued in a province by day, all its days; folded totals and what is not folded yet. */
export async function permitDays(tx: Tx, provinceId: number): Promise<PermitDay[]> {
  const { rows } = await sql<{ day: IsoDate; permits: bigint }>`
    select day, sum(value)::bigint as permits from (
      select happened_on as day, value from daily_totals
      where province_id = ${provinceId} and measure = 'permits_issued' and dimension = 'all'
      union all
      select happened_on, value from measure_deltas
      where province_id = ${provinceId} and measure = 'permits_issued'
    ) as parts group by day`.execute(tx);
  return rows.map(({ day, permits }) => ({ day, permits: Number(permits) }));
}
