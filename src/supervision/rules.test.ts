import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answers, answerFaults, type Checklist, checklistFaults } from './checklist-rules.ts';
import ours from './data/checklists.json' with { type: 'json' };
import {
  channels,
  checkPlanning,
  checkTwoPeople,
  leastChannel,
  opensGate,
  stageIsDue,
  stages,
  trancheAhead,
} from './rules.ts';

const checklists = ours as unknown as Record<string, Checklist>;
const plan = { state: 'contracted', tranches: 0, paidRial: 0n, limitRial: 100n, loanEnded: false };
const rule = { least: 'phone', fieldFromRial: 600n, fieldOccupations: ['jam-making'] } as const;

test.each([
  ['before', plan, true],
  ['during', plan, false],
  ['after', plan, false],
  ['before', { ...plan, state: 'paying', tranches: 1, paidRial: 40n }, false],
  ['during', { ...plan, state: 'paying', tranches: 1, paidRial: 40n }, true],
  ['during', { ...plan, state: 'paying', tranches: 2, paidRial: 100n }, false],
  ['during', { ...plan, state: 'paying', tranches: 1, paidRial: 40n, loanEnded: true }, false],
  ['after', { ...plan, state: 'paying', tranches: 1, paidRial: 40n }, true],
  ['before', { ...plan, state: 'withdrawn' }, false],
] as const)('stage %s of %o is due: %s', (stage, it, due) => {
  expect(stageIsDue(stage, it)).toBe(due);
});

test('a larger sum and some occupations are seen on the spot', () => {
  const of = (limitRial: bigint, occupationId = 'tailoring') => ({ limitRial, occupationId });
  expect(leastChannel('before', rule, of(599n))).toBe('phone');
  expect(leastChannel('before', rule, of(600n))).toBe('field');
  expect(leastChannel('after', rule, of(600n))).toBe('phone');
  expect(leastChannel('after', rule, of(1n, 'jam-making'))).toBe('field');
  expect(() => checkPlanning({ stage: 'before', channel: 'sms' }, plan, 'phone')).toThrow(
    'supervision.channel_too_weak',
  );
  for (const channel of channels) checkPlanning({ stage: 'before', channel }, plan, 'sms');
});

test('a visit looks forward to one tranche, and only a pass opens the gate', () => {
  expect(stages.map((stage) => trancheAhead(stage, { tranches: 2 }))).toEqual([3, 3, null]);
  expect(opensGate('supervision.pass', false)).toBe(true);
  expect(opensGate('supervision.orderCorrection', false)).toBe(false);
  expect(opensGate('supervision.orderCorrection', true)).toBe(true);
  expect(opensGate('supervision.findDeviation', true)).toBe(false);
  expect(() => checkTwoPeople('a', 'a')).toThrow('supervision.two_people');
  expect(() => checkTwoPeople('a', null)).toThrow('supervision.two_people');
});

const codes = (checklist: Checklist, channel: 'phone' | 'field', answers: Answers) =>
  answerFaults(checklist, channel, answers).map(({ pointer, code }) => [pointer, code]);

test('the checklists of the house are sound, in both languages', () => {
  for (const stage of stages) expect(checklistFaults(checklists[stage] as Checklist)).toEqual([]);
});

test('answers are held to their questions, conditions and evidence', () => {
  const before = checklists.before as Checklist;
  const good = { place_exists: 'yes', skill: 'yes', needs: 'x', neighbours: 'no' };
  expect(codes(before, 'phone', good)).toEqual([]);
  expect(codes(before, 'field', good)).toEqual([
    ['/answers/photo', 'missing'],
    ['/answers/place', 'missing'],
    ['/answers/signatures', 'missing'],
  ]);
  const evidence = {
    photo: ['a'.repeat(64)],
    place: { latE6: 37_555_000, lonE6: 45_072_000, accuracyM: 12 },
    signatures: [{ name: 'x', organisation: 'SMT' }],
  };
  expect(codes(before, 'field', { ...good, ...evidence })).toEqual([]);
  expect(codes(before, 'phone', { ...good, photo: ['a'.repeat(64)] })).toEqual([
    ['/answers/photo', 'unknown'],
  ]);
  expect(codes(before, 'phone', { ...good, place_exists: 'no' })).toEqual([
    ['/answers/place_why', 'missing'],
  ]);
  expect(codes(before, 'phone', { ...good, skill: 'perhaps', stranger: 1 })).toEqual([
    ['/answers/stranger', 'unknown'],
    ['/answers/skill', 'choice'],
  ]);
  const place = { latE6: 91_000_000, lonE6: 0, accuracyM: 1 };
  expect(codes(before, 'field', { ...good, ...evidence, place })).toEqual([
    ['/answers/place', 'type'],
  ]);
});

test('no answer of another shape passes for one', () => {
  const checklist = checklists.during as Checklist;
  const good = { bought: 'yes', bought_what: 'x', started: 'yes' };
  fc.assert(
    fc.property(fc.jsonValue(), (workers) => {
      const fits = Number.isSafeInteger(workers) && Number(workers) >= 0 && Number(workers) <= 500;
      const faults = answerFaults(checklist, 'phone', { ...good, workers } as unknown as Answers);
      expect(faults.length === 0).toBe(fits);
    }),
  );
});

test('days, several choices and how many of a thing are held to their questions', () => {
  const label = { fa: 'x', en: 'x' };
  const choices = ['wool', 'loom', 'dye'].map((id) => ({ id, label }));
  const bought = { id: 'bought', kind: 'choices', label, required: false, choices, min: 1, max: 2 };
  const photos = { id: 'photos', kind: 'photo', label, required: true, min: 2 };
  const when = { question: 'bought', is: ['loom'] };
  const since = { id: 'since', kind: 'date', label, required: true, when };
  const list = { title: label, questions: [bought, since, photos] } as Checklist;
  expect(checklistFaults(list)).toEqual([]);
  const two = ['a'.repeat(64), 'b'.repeat(64)];
  expect(codes(list, 'field', { photos: two })).toEqual([]);
  expect(codes(list, 'field', { bought: ['wool', 'dye'], photos: two })).toEqual([]);
  expect(codes(list, 'field', { bought: ['loom'], photos: two.slice(1) })).toEqual([
    ['/answers/since', 'missing'],
    ['/answers/photos', 'range'],
  ]);
  const wrong = { bought: ['loom', 'loom'], since: '2022-02-30', photos: two };
  expect(codes(list, 'field', wrong)).toEqual([
    ['/answers/bought', 'choice'],
    ['/answers/since', 'format'],
  ]);
  expect(codes(list, 'field', { bought: ['wool', 'loom', 'dye'], since: '2022-02-28' })).toEqual([
    ['/answers/bought', 'range'],
    ['/answers/photos', 'missing'],
  ]);
  const crossed = { ...photos, min: 3, max: 2 };
  const doubled = { ...bought, choices: [choices[0], choices[0]] };
  const bad = { title: label, questions: [crossed, doubled] } as Checklist;
  expect(checklistFaults(bad).map(({ code }) => code)).toEqual(['range', 'choice']);
});

test('a checklist with doubled ids, choices of one or conditions on nothing is refused', () => {
  const label = { fa: 'x', en: 'x' };
  const question = { id: 'a', kind: 'text', label, required: true } as const;
  const choice = { ...question, id: 'c', kind: 'choice', choices: [{ id: 'y', label }] } as const;
  const when = { ...question, id: 'b', when: { question: 'a', is: ['y'] } };
  const wrong = { title: label, questions: [question, question, choice, when] };
  expect(checklistFaults(wrong).map(({ pointer }) => pointer)).toEqual([
    ...['/questions/1', '/questions/2', '/questions/3'],
  ]);
});
