import { describe, expect, test } from 'vitest';
import {
  bodiesToAsk,
  type ClearanceStep,
  checkAppeal,
  checkDeciders,
  checkItems,
  gradeVerb,
  isAskedOf,
  neededBodies,
  saidIn,
  toldClearances,
} from './decision-rules.ts';

describe('a numbered condition or document', () => {
  const dairy = { family: 'agri-nomad', clearance_ids: ['HEALTH', 'VET'] };
  const cake = { family: 'agri-nomad', clearance_ids: ['HEALTH'] };
  const all = { occupation_family: null, applicant_kind: null, clearance_id: null };

  test.each([
    ['everyone', all, cake, 'independent', true],
    ['its family', { ...all, occupation_family: 'agri-nomad' }, cake, 'covered', true],
    ['another family', { ...all, occupation_family: 'fishery' }, cake, 'independent', false],
    ['supporters', { ...all, applicant_kind: 'supporter' }, cake, 'supporter', true],
    ['supporters only', { ...all, applicant_kind: 'supporter' }, cake, 'independent', false],
    ['what a body clears', { ...all, clearance_id: 'VET' }, dairy, 'independent', true],
    ['what it does not', { ...all, clearance_id: 'VET' }, cake, 'independent', false],
  ] as const)('is asked of %s', (_who, condition, occupation, kind, asked) => {
    expect(isAskedOf(condition, occupation, kind)).toBe(asked);
  });
});

describe('a return for correction', () => {
  const conditions = new Map([[23, 'skill']]);

  test.each([
    [{ number: 23, note: 'unreadable' }, true],
    [{ field: 'address', note: 'no street' }, true],
    [{ number: 24, note: 'not asked of this applicant' }, false],
    [{ note: 'of nothing' }, false],
    [{ number: 23, note: '  ' }, false],
  ] as const)('naming %j is complete: %s', (item, complete) => {
    const check = () => checkItems([item], conditions);
    if (complete) expect(check).not.toThrow();
    else expect(check).toThrow('permits.item_unknown');
  });

  test('says why by its reason, or by its items', () => {
    expect(saidIn({ reason: ' late ' })).toBe('late');
    expect(
      saidIn({
        items: [
          { number: 23, note: 'a' },
          { number: 24, note: 'b' },
        ],
      }),
    ).toBe('a b');
    expect(saidIn({ reason: ' ', items: [] })).toBeNull();
  });
});

describe('clearances', () => {
  const step = (verb: string, facts: object, reason: string | null = null): ClearanceStep => ({
    verb: `permits.${verb}`,
    happenedOn: '2022-07-01',
    reason,
    facts: facts as Record<string, unknown>,
  });
  const asked = step('askClearance', { bodies: ['HEALTH', 'VET'], due_on: '2022-07-15' });
  const cleared = step('clear', { body: 'HEALTH', reference: 'H-1' });
  const denied = step('denyClearance', { body: 'VET', condition: 18 }, 'no cold room');

  test.each([
    ['asked', [asked], ['asked', 'asked']],
    ['answered once', [asked, cleared], ['cleared', 'asked']],
    ['denied by one', [asked, cleared, denied], ['cleared', 'denied']],
    [
      'asked again',
      [asked, cleared, denied, step('askClearance', { bodies: ['VET'] })],
      ['cleared', 'asked'],
    ],
    ['answered unasked', [cleared], []],
  ] as const)('%s stand as %j', (_name, steps, states) => {
    expect(toldClearances(steps).map(({ state }) => state)).toEqual(states);
  });

  test('keep what was said', () => {
    expect(toldClearances([asked, cleared, denied])).toMatchObject([
      { bodyId: 'HEALTH', askedOn: '2022-07-01', dueOn: '2022-07-15', reference: 'H-1' },
      { bodyId: 'VET', condition: 18, reason: 'no cold room', answeredOn: '2022-07-01' },
    ]);
  });

  test('are needed of all but the agency itself, and asked until cleared', () => {
    expect(neededBodies(['CULTURE'], 'CULTURE')).toEqual([]);
    expect(neededBodies(['HEALTH', 'VET'], 'AGRI')).toEqual(['HEALTH', 'VET']);
    expect(bodiesToAsk(['HEALTH', 'VET'], toldClearances([asked, cleared, denied]))).toEqual([
      'VET',
    ]);
  });
});

test.each([
  ['2022-07-01', '2022-07-01', true],
  ['2022-07-01', '2022-07-02', false],
  [null, '2022-07-02', true],
] as const)('until %s one may object on %s: %s', (until, day, may) => {
  if (may) expect(() => checkAppeal(until, day)).not.toThrow();
  else expect(() => checkAppeal(until, day)).toThrow('permits.appeal_over');
});

test('who refused does not decide the objection', () => {
  expect(() => checkDeciders('a', 'a')).toThrow('permits.same_decider');
  expect(() => checkDeciders('a', 'b')).not.toThrow();
  expect(() => checkDeciders(null, null)).not.toThrow();
});

test.each([
  ['automatic', false, 'independent', 'permits.grantAutomatically'],
  ['automatic', false, 'covered', 'permits.grantAutomatically'],
  ['automatic', false, 'supporter', null],
  ['automatic', true, 'independent', null],
  ['provisional', false, 'independent', 'permits.grantProvisionally'],
  ['provisional', true, 'independent', null],
  ['examined', false, 'independent', null],
] as const)('%s, starred %s, %s: %s', (grade, starred, kind, verb) => {
  expect(gradeVerb({ grade, starred }, kind)).toBe(verb);
});
