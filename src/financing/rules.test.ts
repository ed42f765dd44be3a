import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  capOf,
  checkPayment,
  checkReferral,
  planHolder,
  planLimit,
  planStates,
  planSteps,
  type Terms,
} from './rules.ts';

/** Terms of 1400: 50m toman for one, 1bn for a supporter, 5 to 20 people. */
const terms: Terms = {
  creditLineId: 'home-jobs',
  capIndividualRial: 500_000_000n,
  capSupporterRial: 10_000_000_000n,
  supporterMinPeople: 5,
  supporterMaxPeople: 20,
  feeBp: 400,
  tenorMonths: 60,
  graceMonths: 6,
};

describe('the state table of a plan', () => {
  test('is the one that the database knows', async () => {
    const sql = await readFile('migrations/0005_create_financing.sql', 'utf8');
    const [, list = ''] = /plans_state_known check \(state in \(([^)]+)\)/.exec(sql) ?? [];
    const known = [...list.matchAll(/'(\w+)'/g)].map(([, state]) => state);
    expect(known.sort()).toEqual([...planStates].sort());
  });

  test('pays from any state in which the bank holds the plan, and from no other', () => {
    const held = planStates.filter((state) => planHolder(state) === 'bank');
    expect([...planSteps.steps['financing.pay'].from].sort()).toEqual([...held, 'paying'].sort());
  });

  test('gives the bank a deadline only while it holds the plan', () => {
    expect(planLimit('referred')).toBe('financing.bank_reply_limit');
    expect(planLimit('returned')).toBe('financing.returned_limit');
    expect(planLimit('paying')).toBeNull();
  });
});

describe('the cap', () => {
  test.each([
    ['independent', 1, 500_000_000n],
    ['independent', 4, 500_000_000n],
    ['supporter', 5, 2_500_000_000n],
    ['supporter', 20, 10_000_000_000n],
  ])('of a %s plan with %i people is %s rial', (kind, people, cap) => {
    expect(capOf(terms, kind, people)).toBe(cap);
  });

  test.each([4, 21])('does not exist for a supporter of %i', (people) => {
    expect(() => capOf(terms, 'supporter', people)).toThrow('financing.people_out_of_bounds');
  });

  test('needs a supporter cap for a supporter', () => {
    const without = { ...terms, capSupporterRial: null };
    expect(() => capOf(without, 'supporter', 6)).toThrow('financing.not_for_supporters');
  });

  test('never passes either bound, and grows with people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 20 }), (people) => {
        const cap = capOf(terms, 'supporter', people);
        expect(cap <= 10_000_000_000n && cap <= BigInt(people) * 500_000_000n).toBe(true);
        if (people > 5) expect(cap >= capOf(terms, 'supporter', people - 1)).toBe(true);
      }),
    );
  });
});

describe('a referral', () => {
  const it = {
    permitState: 'issued',
    kind: 'independent',
    planState: null,
    permitSince: '2022-03-21',
  };
  const plan = { requestedRial: 500_000_000n, happenedOn: '2022-03-21' };

  test('of an issued permit within the cap is allowed, again after a return', () => {
    expect(() => checkReferral(it, plan, 500_000_000n)).not.toThrow();
    const again = { ...it, planState: 'returned' };
    expect(() => checkReferral(again, plan, 500_000_000n)).not.toThrow();
  });

  test.each([
    ['no permit', { permitState: 'submitted' }, {}, 'financing.no_permit'],
    ['a covered person', { kind: 'covered' }, {}, 'financing.covered'],
    ['an open plan', { planState: 'paying' }, {}, 'financing.already_referred'],
    ['an early date', {}, { happenedOn: '2022-03-20' }, 'financing.before_permit'],
    ['one rial over', {}, { requestedRial: 500_000_001n }, 'financing.over_cap'],
  ])('with %s is refused', (_name, other, otherPlan, code) => {
    const refer = () => checkReferral({ ...it, ...other }, { ...plan, ...otherPlan }, 500_000_000n);
    expect(refer).toThrow(code);
  });
});

describe('a payment', () => {
  const plan = { bankId: 'MELLAT', limitRial: 100n, paidRial: 60n, stateSince: '2022-03-21' };
  const payment = { amountRial: 40n, bankId: 'MELLAT', happenedOn: '2022-03-21' };

  test('up to the plan is allowed', () => {
    expect(() => checkPayment(plan, payment)).not.toThrow();
  });

  test.each([
    ['a rial too much', { amountRial: 41n }, 'financing.over_plan'],
    ['another bank', { bankId: 'SADERAT' }, 'financing.wrong_bank'],
    ['an early date', { happenedOn: '2022-03-20' }, 'financing.before_last_step'],
  ])('with %s is refused', (_name, other, code) => {
    expect(() => checkPayment(plan, { ...payment, ...other })).toThrow(code);
  });
});
