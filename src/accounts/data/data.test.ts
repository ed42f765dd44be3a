import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isIsoDate } from '../../kit/jalali.ts';
import { compactKey, normaliseText } from '../../kit/persian-text.ts';

type Row = Readonly<Record<string, string>>;

const FILES = [
  ...(['provinces', 'counties', 'organisations', 'province_banks', 'branches'] as const),
  ...([
    'occupations',
    'credit_lines',
    'credit_terms',
    'settings',
    'refusal_conditions',
    'holidays',
  ] as const),
];

const FAMILIES = new Set(
  'animal handicraft fishery agri-nomad plant industry-service culture-art'.split(' '),
);

const read = (file: string) => readFileSync(new URL(`./${file}.csv`, import.meta.url), 'utf8');
const table = (file: string): Row[] => parse(read(file), { columns: true });
const tables = new Map(FILES.map((file) => [file, table(file)]));
const rows = (file: (typeof FILES)[number]): Row[] => tables.get(file) ?? [];

/** A cell that must exist: a misspelt column is a failure, not an empty string. */
function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`No column ${column}`);
  return value;
}
const column = (list: Row[], name: string) => list.map((row) => cell(row, name));
const ids = (file: (typeof FILES)[number]) => new Set(column(rows(file), 'id'));
const list = (row: Row, name: string, separator = '|') =>
  cell(row, name).split(separator).filter(Boolean);
const repeated = (values: string[]) => values.filter((value, at) => values.indexOf(value) !== at);
const missing = (values: string[], known: ReadonlySet<string>) =>
  values.filter((value) => !known.has(value));

/** Rows grouped by the columns that name one dated fact. */
function grouped(list: Row[], columns: string[]): Row[][] {
  const groups = Object.groupBy(list, (row) => columns.map((name) => cell(row, name)).join(' / '));
  return Object.values(groups).map((group) => group ?? []);
}

const holding = (list: Row[], day: string) =>
  list.filter((row) => cell(row, 'from_on') <= day && day <= (cell(row, 'to_on') || day));

/** Pairs of one group whose days meet; both ends are inclusive, blank is open. */
function overlaps(group: Row[]): string[] {
  const sorted = group.toSorted((a, b) => (cell(a, 'from_on') < cell(b, 'from_on') ? -1 : 1));
  return sorted.slice(1).flatMap((row, at) => {
    const end = cell(sorted[at] ?? row, 'to_on') || '9999-12-31';
    return cell(row, 'from_on') <= end ? [JSON.stringify(row)] : [];
  });
}

describe('every file', () => {
  it.each(FILES)('%s is plain UTF-8 with rows of one width', (file) => {
    expect(read(file)).not.toMatch(/^\ufeff|\r|\ufffd/);
    expect(rows(file).length).toBeGreaterThan(0);
  });

  it.each(FILES)('%s is written in normalised Persian, without stray spaces', (file) => {
    const cells = rows(file).flatMap((row) => Object.values(row));
    expect(cells.filter((text) => /[\u064a\u0643\u0649\u0629]/.test(text))).toEqual([]);
    expect(cells.filter((text) => text !== normaliseText(text))).toEqual([]);
    expect(cells.flatMap((text) => text.split('|')).filter((text) => text !== text.trim())).toEqual(
      [],
    );
  });

  it.each(FILES)('%s has its names in both languages', (file) => {
    for (const row of rows(file).filter((one) => 'name_fa' in one)) {
      expect(cell(row, 'name_fa')).toMatch(/^[\u0600-\u06ff]/);
      expect(cell(row, 'name_en')).toMatch(/^[A-Z0-9][\x20-\x7e]+$/);
    }
  });

  it.each(FILES.filter((file) => file !== 'branches'))('%s says where each row is from', (file) => {
    expect(column(rows(file), 'source').filter((source) => source === '')).toEqual([]);
  });

  it.each(FILES)('%s marks assumptions by true, false or its own columns', (file) => {
    for (const row of rows(file).filter((one) => 'assumed' in one)) {
      const known = new Set([...Object.keys(row), 'true', 'false']);
      expect(missing(list(row, 'assumed', ' '), known)).toEqual([]);
    }
  });

  it.each(FILES.filter((file) => 'id' in (rows(file)[0] ?? {})))('%s has unique ids', (file) => {
    expect(repeated(column(rows(file), 'id'))).toEqual([]);
  });

  it('has real dates, the first not after the last', () => {
    for (const row of FILES.flatMap(rows).filter((one) => 'from_on' in one)) {
      const [from, to] = [cell(row, 'from_on'), cell(row, 'to_on')];
      for (const date of [from, to].filter(Boolean)) expect(isIsoDate(date)).toBe(true);
      if (from && to) expect(from <= to, JSON.stringify(row)).toBe(true);
    }
  });

  it('has no two rows of one fact for the same day', () => {
    const groups = [
      ...grouped(rows('province_banks'), ['province_id', 'bank_id']),
      ...grouped(rows('credit_terms'), ['credit_line_id', 'province_id']),
      ...grouped(rows('settings'), ['key', 'province_id']),
      ...grouped(rows('counties'), ['name_fa']),
    ];
    expect(groups.flatMap(overlaps)).toEqual([]);
  });
});

describe('places', () => {
  it('has 31 provinces, 00 to 30', () => {
    const codes = Array.from({ length: 31 }, (_, code) => String(code).padStart(2, '0'));
    expect(column(rows('provinces'), 'id').toSorted()).toEqual(codes);
  });

  it('has the counties of West Azerbaijan, coded ones and provisional ones', () => {
    const counties = rows('counties').filter((row) => cell(row, 'province_id') === '04');
    const coded = counties.filter((row) => cell(row, 'assumed') === 'false');
    expect(coded.length).toBe(17);
    expect(counties.length).toBeGreaterThan(17);
    for (const row of counties) expect(cell(row, 'id')).toMatch(/^04\d\d$/);
    const provisional = counties.filter((row) => !coded.includes(row));
    for (const row of provisional) expect(isIsoDate(cell(row, 'from_on'))).toBe(true);
  });

  it('never gives one national-ID prefix to two counties', () => {
    const prefixes = rows('counties').flatMap((row) => list(row, 'national_id_prefixes', ' '));
    expect(repeated(prefixes)).toEqual([]);
    for (const prefix of prefixes) expect(prefix).toMatch(/^\d{3}$/);
  });

  it('never writes two counties of a province alike', () => {
    for (const group of grouped(rows('counties'), ['province_id'])) {
      const keys = group.flatMap((row) => [cell(row, 'name_fa'), ...list(row, 'aliases')]);
      expect(repeated(keys.map(compactKey))).toEqual([]);
    }
  });
});

describe('organisations', () => {
  const banks = rows('organisations').filter((row) => cell(row, 'kind') === 'bank');

  it('never writes two of one kind alike', () => {
    for (const group of grouped(rows('organisations'), ['kind'])) {
      const keys = group.flatMap((row) => [
        ...new Set(
          [cell(row, 'name_fa'), cell(row, 'name_en'), cell(row, 'short_fa')].map(compactKey),
        ),
        ...list(row, 'aliases').map(compactKey),
      ]);
      expect(repeated(keys)).toEqual([]);
    }
  });

  it('gives each bank, and only banks, Sheba codes of its own', () => {
    const codes = banks.map((row) => list(row, 'sheba_codes', ' '));
    expect(repeated(codes.flat())).toEqual([]);
    for (const own of codes) expect(own.length).toBeGreaterThan(0);
    for (const code of codes.flat()) expect(code).toMatch(/^\d{3}$/);
    const others = rows('organisations').filter((row) => !banks.includes(row));
    expect(column(others, 'sheba_codes').filter(Boolean)).toEqual([]);
  });

  it('has eight agent banks in West Azerbaijan on any day since 1400/01/01', () => {
    const own = rows('province_banks').filter((row) => cell(row, 'province_id') === '04');
    for (const day of ['2021-03-21', '2022-06-21', '2025-03-20', '2025-03-21', '2026-11-01']) {
      expect(holding(own, day).length, day).toBe(8);
    }
  });

  it('resolves every province, county and bank', () => {
    const bankIds = new Set(column(banks, 'id'));
    const placed = [...rows('province_banks'), ...rows('branches')];
    expect(missing(column(placed, 'bank_id'), bankIds)).toEqual([]);
    expect(missing(column(placed, 'province_id'), ids('provinces'))).toEqual([]);
    expect(missing(column(rows('counties'), 'province_id'), ids('provinces'))).toEqual([]);
    expect(missing(column(rows('branches'), 'county_id'), ids('counties'))).toEqual([]);
  });

  it('has a branch of every agent bank in the capital, and some bank in every coded county', () => {
    const at = (county: string) => {
      const here = rows('branches').filter((row) => cell(row, 'county_id') === county);
      return new Set(column(here, 'bank_id'));
    };
    const agents = rows('province_banks').filter((row) => cell(row, 'province_id') === '04');
    expect(missing(column(agents, 'bank_id'), at('0401'))).toEqual([]);
    for (const row of rows('counties').filter((one) => cell(one, 'assumed') === 'false')) {
      expect(at(cell(row, 'id')).size).toBeGreaterThan(0);
    }
    const alike = grouped(rows('branches'), ['bank_id', 'name_fa']);
    expect(alike.filter((group) => group.length > 1)).toEqual([]);
  });
});

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
