import { describe, expect, it } from 'vitest';
import {
  cell,
  column,
  FILES,
  grouped,
  holding,
  ids,
  list,
  missing,
  type Row,
  read,
  repeated,
  rows,
} from '../../../test/reference-rows.ts';
import { isIsoDate } from '../../kit/jalali.ts';
import { compactKey, normaliseText } from '../../kit/persian-text.ts';

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

  it('has a branch of every agent bank in the capital, and some bank in every coded county of West Azerbaijan', () => {
    const at = (county: string) => {
      const here = rows('branches').filter((row) => cell(row, 'county_id') === county);
      return new Set(column(here, 'bank_id'));
    };
    const agents = rows('province_banks').filter((row) => cell(row, 'province_id') === '04');
    expect(missing(column(agents, 'bank_id'), at('0401'))).toEqual([]);
    const coded = rows('counties').filter((one) => cell(one, 'assumed') === 'false');
    for (const row of coded.filter((one) => cell(one, 'province_id') === '04')) {
      expect(at(cell(row, 'id')).size).toBeGreaterThan(0);
    }
    const alike = grouped(rows('branches'), ['bank_id', 'name_fa']);
    expect(alike.filter((group) => group.length > 1)).toEqual([]);
  });
});
