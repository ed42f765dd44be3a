import { expect, test } from 'vitest';
import { chainOf } from './chain.ts';

type Known = Parameters<typeof chainOf>[0];
type Step = Known['history'][number];

const step = (verb: string, happenedOn: string, more: Partial<Step> = {}) =>
  ({ verb, happenedOn, takenBack: false, takesBack: false, ...more }) as Step;
const shown = (it: Partial<Known>) =>
  chainOf({ kind: 'independent', state: 'submitted', planState: null, history: [], ...it }).map(
    ({ name, meaning, on }) => [name, meaning ?? '-', on ?? '-'].join(' '),
  );
const issued = [
  step('permits.submit', '2021-04-01'),
  step('permits.sign', '2021-04-05'),
  step('permits.grant', '2021-04-09'),
];

test('a new application waits for its agency', () => {
  expect(shown({ history: issued.slice(0, 1) })).toEqual([
    'application done 2021-04-01',
    'agency waiting -',
    'permit - -',
    'referral - -',
    'payment - -',
    'job - -',
  ]);
});

test('a plan at the bank is waited for, a paid one is done', () => {
  const referred = [...issued, step('financing.refer', '2021-05-01')];
  expect(shown({ state: 'issued', planState: 'referred', history: referred })).toContain(
    'payment waiting -',
  );
  const paid = [...referred, step('financing.pay', '2021-06-01')];
  expect(shown({ state: 'issued', planState: 'paying', history: paid })).toContain(
    'payment done 2021-06-01',
  );
});

test('a payment that was taken back is waited for again', () => {
  const history = [
    ...issued,
    step('financing.refer', '2021-05-01'),
    step('financing.pay', '2021-06-01', { takenBack: true }),
    step('financing.pay', '2021-06-01', { takesBack: true }),
  ];
  expect(shown({ state: 'issued', planState: 'referred', history })).toContain('payment waiting -');
});

test.each([
  [{ state: 'refused', history: issued.slice(0, 1) }, 'agency stopped -'],
  [{ state: 'revoked', history: issued }, 'permit stopped -'],
  [{ state: 'issued', planState: 'returned', history: issued }, 'payment stopped -'],
])('what has ended says so: %j', (it, expected) => {
  expect(shown(it)).toContain(expected);
});

test('a permit from an office register has all that comes before it', () => {
  expect(
    shown({ state: 'issued', history: [step('permits.enter', '2021-04-09')] }).slice(0, 3),
  ).toEqual(['application done 2021-04-09', 'agency done 2021-04-09', 'permit done 2021-04-09']);
});

test('a covered person has no loan of their own', () => {
  const names = shown({ kind: 'covered', state: 'issued', history: issued });
  expect(names.some((name) => /referral|payment/.test(name))).toBe(false);
});
