import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { friday, holidayRule } from '../kit/working-days.ts';
import {
  checkRefusal,
  checkSigners,
  checkStep,
  deadlineSetting,
  dueOn,
  holderOf,
  issuingVerbs,
  permitStates,
  permitSteps,
  statesWithPermit,
  validUntil,
} from './rules.ts';

describe('the state table of a permit', () => {
  test('is the one that the database knows', async () => {
    const sql = await readFile('migrations/0004_create_permits.sql', 'utf8');
    const [, list = ''] = /cases_state_known check \(state in \(([^)]+)\)/.exec(sql) ?? [];
    const known = [...list.matchAll(/'(\w+)'/g)].map(([, state]) => state);
    expect(known.sort()).toEqual([...permitStates].sort());
  });

  test('leads to known states only', () => {
    for (const { from, to } of Object.values(permitSteps.steps)) {
      expect(permitStates).toContain(to);
      for (const state of from) if (state !== null) expect(permitStates).toContain(state);
    }
  });

  test('issues in the named ways and in no other', () => {
    const ways = Object.entries(permitSteps.steps).filter(
      ([, { from, to }]) =>
        to === 'issued' &&
        !from.some((state) => (statesWithPermit as readonly unknown[]).includes(state)),
    );
    expect(ways.map(([verb]) => verb).sort()).toEqual([...issuingVerbs].sort());
    expect(permitSteps.steps['permits.grant'].from).toEqual(['agency_signed']);
  });

  test.each([
    ['submitted', 'agency', 'permits.first_signature_limit'],
    ['needs_correction', 'applicant', 'permits.correction_limit'],
    ['agency_signed', 'directorate', 'permits.second_signature_limit'],
    ['issued', 'nobody', null],
    ['refused', 'nobody', null],
    ['withdrawn', 'nobody', null],
    ['revoked', 'nobody', null],
    ['void', 'nobody', null],
  ] as const)('%s is held by %s, bounded by %s', (state, holder, setting) => {
    expect(holderOf(state)).toBe(holder);
    expect(deadlineSetting(state)).toBe(setting);
  });
});

describe('days', () => {
  test('a limit of ten days ends on the tenth', () => {
    const fridays = holidayRule(new Set(), [friday]);
    expect(dueOn('2022-03-21', { value: 10, unit: 'days' }, fridays)).toBe('2022-03-31');
    expect(dueOn('2022-03-21', { value: 10, unit: 'working_days' }, fridays)).toBe('2022-04-02');
    expect(dueOn('2022-03-21', null, fridays)).toBeNull();
  });

  test.each([
    // 1401/01/01 for twelve Jalali months: to the last day of 1401.
    ['2022-03-21', 12, '2023-03-20'],
    // 1399/12/30 is in a leap year: a year later it is 1400/12/29, so the day before.
    ['2021-03-20', 12, '2022-03-19'],
  ])('a permit of %s for %i months is valid until %s', (issued, months, until) => {
    expect(validUntil(issued, months)).toBe(until);
  });
});

describe('a step', () => {
  const before = { stateSince: '2022-03-21', today: '2022-04-01' };

  test.each([
    ['permits.sign', { happenedOn: '2022-04-02' }, 'permits.future_date'],
    ['permits.sign', { happenedOn: '2022-03-20' }, 'permits.before_last_step'],
    ['permits.returnForCorrection', { happenedOn: '2022-03-25' }, 'permits.reason_missing'],
    ['permits.revoke', { happenedOn: '2022-03-25', reason: '  ' }, 'permits.reason_missing'],
  ] as const)('%s %j is refused with %s', (verb, step, code) => {
    expect(() => checkStep(verb, step, before)).toThrow(code);
  });

  test.each(['2022-03-21', '2022-04-01'])('on %s is in time', (happenedOn) => {
    expect(() => checkStep('permits.sign', { happenedOn }, before)).not.toThrow();
  });
});

test('a refusal without a known condition number is void', () => {
  const conditions = new Map([[3, 'three']]);
  expect(checkRefusal(3, conditions)).toBe(3);
  expect(() => checkRefusal(4, conditions)).toThrow('permits.condition_missing');
  expect(() => checkRefusal(undefined, conditions)).toThrow('permits.condition_missing');
});

test('nobody signs twice', () => {
  expect(() => checkSigners('a', 'a')).toThrow('permits.same_signer');
  expect(() => checkSigners('a', 'b')).not.toThrow();
  // A register does not know who signed.
  expect(() => checkSigners(null, null)).not.toThrow();
});
