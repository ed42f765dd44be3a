import type { Static } from 'typebox';
import type { ReferenceAnswer } from './contract.ts';
import { countyCode, labelled, organisationLabel, provinceCode } from './label.ts';
import { type Reference, returnReasonsOn } from './reference.ts';

/** The reference data in wire form: one province's counties and its banks of any year, all occupations, the reasons of a day. */
export function referenceAnswer(
  reference: Reference,
  provinceId: number,
  day: string,
): Static<typeof ReferenceAnswer> {
  const counties = [...reference.counties.values()].filter((c) => c.province_id === provinceId);
  const banks = reference.provinceBanks.filter((row) => row.province_id === provinceId);
  const agencies = [...reference.organisations.values()].filter(({ kind }) => kind === 'agency');
  return {
    provinces: [...reference.provinces.values()].map((row) => labelled(provinceCode(row.id), row)),
    counties: counties.map((row) => ({
      ...labelled(countyCode(row.id), row),
      provinceId: provinceCode(row.province_id),
    })),
    agencies: agencies.map((row) => labelled(row.id, row)),
    banks: [...new Set(banks.map((row) => row.bank_id))].map((id) =>
      organisationLabel(reference, id),
    ),
    creditLines: [...reference.creditLines.values()].map((row) => labelled(row.id, row)),
    occupations: [...reference.occupations.values()].map((row) => ({
      ...labelled(row.id, row),
      agencyId: row.agency_id,
      family: row.family,
      starred: row.starred,
      clearanceIds: row.clearance_ids,
      aliases: row.aliases,
    })),
    returnReasons: returnReasonsOn(reference, day).map((row) => labelled(row.id, row)),
    refusalConditions: [...reference.refusalConditions.values()].map((row) => ({
      number: row.number,
      family: row.occupation_family,
      label: { fa: row.name_fa, en: row.name_en },
      kind: row.kind,
      applicantKind: row.applicant_kind,
      clearanceId: row.clearance_id,
    })),
  };
}
