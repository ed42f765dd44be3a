import { describe, expect, it } from 'vitest';
import {
  cell,
  column,
  holding,
  ids,
  list,
  missing,
  repeated,
  rows,
} from '../../../test/reference-rows.ts';
import { compactKey } from '../../kit/persian-text.ts';

const FAMILIES = new Set(
  'animal handicraft fishery agri-nomad plant industry-service culture-art'.split(' '),
);

describe('occupations', () => {
  it('has at least 180, from all four agencies and all seven families', () => {
    expect(rows('occupations').length).toBeGreaterThanOrEqual(180);
    expect(new Set(column(rows('occupations'), 'agency_id'))).toEqual(
      new Set(['SMT', 'AGRI', 'CULTURE', 'HERITAGE']),
    );
    expect(new Set(column(rows('occupations'), 'family'))).toEqual(FAMILIES);
  });

  it('sends each family to the agency that the routing rule names', () => {
    const agencies: Record<string, string> = {
      'culture-art': 'CULTURE',
      handicraft: 'HERITAGE',
      'industry-service': 'SMT',
    };
    for (const row of rows('occupations')) {
      expect(cell(row, 'agency_id')).toBe(agencies[cell(row, 'family')] ?? 'AGRI');
    }
  });

  it('stars exactly those that another body clears, and examines them', () => {
    for (const row of rows('occupations')) {
      const clearing = list(row, 'clearance_ids');
      expect(cell(row, 'starred'), cell(row, 'id')).toBe(String(clearing.length > 0));
      expect(missing(clearing, new Set(['HEALTH', 'VET', 'CULTURE']))).toEqual([]);
      expect(missing(clearing, ids('organisations'))).toEqual([]);
      if (clearing.length > 0) expect(cell(row, 'grade')).toBe('examined');
      if (clearing.includes('HEALTH')) expect(cell(row, 'validity_months')).toBe('12');
      expect(cell(row, 'validity_months')).toMatch(/^[1-9]\d?$/);
      expect(cell(row, 'grade')).toMatch(/^(automatic|provisional|examined)$/);
      expect(cell(row, 'id')).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  it('never means two occupations by one name or alias', () => {
    const keys = rows('occupations').flatMap((row) => [
      cell(row, 'name_fa'),
      ...list(row, 'aliases'),
    ]);
    expect(repeated(keys.map(compactKey))).toEqual([]);
    expect(repeated(column(rows('occupations'), 'name_en'))).toEqual([]);
  });
});

describe('rules', () => {
  it('resolves every credit line, province, bound and barred occupation', () => {
    expect(missing(column(rows('credit_terms'), 'credit_line_id'), ids('credit_lines'))).toEqual(
      [],
    );
    const scoped = [...rows('credit_terms'), ...rows('settings')];
    const provinces = column(scoped, 'province_id').filter(Boolean);
    expect(missing(provinces, ids('provinces'))).toEqual([]);
    const barred = rows('settings').filter((row) => cell(row, 'unit') === 'occupation_ids');
    const named = barred.flatMap((row) => list(row, 'value', ' ')).filter((id) => id !== 'none');
    expect(missing(named, ids('occupations'))).toEqual([]);
  });

  it('keeps money, people and rates as whole numbers that make sense', () => {
    for (const row of rows('credit_terms')) {
      for (const name of ['cap_individual_rial', 'cap_supporter_rial', 'fee_bp', 'tenor_months']) {
        expect(cell(row, name)).toMatch(/^[1-9]\d*$/);
      }
      const [least, most] = [cell(row, 'supporter_min_people'), cell(row, 'supporter_max_people')];
      expect(Number(least)).toBeLessThanOrEqual(Number(most));
      expect(cell(row, 'cap_approved_rial')).toMatch(/^\d*$/);
    }
  });

  it.each([
    ['2021-03-21', '500000000', '10000000000', '5', '20'],
    ['2023-03-20', '500000000', '10000000000', '5', '20'],
    ['2024-03-20', '1500000000', '40000000000', '5', '40'],
    ['2025-03-21', '2000000000', '50000000000', '5', '25'],
  ])('has the caps of %s for the country', (day, individual, supporter, least, most) => {
    const own = rows('credit_terms').filter(
      (row) => cell(row, 'credit_line_id') === 'home-jobs' && cell(row, 'province_id') === '',
    );
    expect(holding(own, day)).toMatchObject([
      {
        cap_individual_rial: individual,
        cap_supporter_rial: supporter,
        supporter_min_people: least,
        supporter_max_people: most,
      },
    ]);
  });

  it('numbers each condition and document once, for families that exist', () => {
    const conditions = rows('refusal_conditions');
    expect(repeated(column(conditions, 'number'))).toEqual([]);
    expect(new Set(column(conditions, 'kind'))).toEqual(new Set(['condition', 'document']));
    const families = column(conditions, 'occupation_family').filter(Boolean);
    expect(missing(families, FAMILIES)).toEqual([]);
    const kinds = column(conditions, 'applicant_kind').filter(Boolean);
    expect(missing(kinds, new Set(['independent', 'supporter', 'covered']))).toEqual([]);
    const numbered = new Set(
      conditions.map((row) => `${row.occupation_family} ${row.clearance_id}`),
    );
    const cleared = rows('occupations').flatMap((row) =>
      list(row, 'clearance_ids').map((body) => `${cell(row, 'family')} ${body}`),
    );
    expect(missing(cleared, numbered)).toEqual([]);
  });
});
