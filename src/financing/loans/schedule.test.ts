import { describe, expect, test } from 'vitest';
import { disagreements } from '../../../test/loan-agreement.ts';
import { randomLoan } from '../../../test/random-loan.ts';
import { positionOn } from './position.ts';
import { equalParts, feeOf, type LoanEvent, type LoanTerms, owed, replay } from './schedule.ts';

const terms: LoanTerms = { feeBp: 400, tenorMonths: 12, graceMonths: 2, feeInGrace: false };
/** 1400/01/31. */
const paid: LoanEvent = { kind: 'tranche', on: '2021-04-20', rial: 120_000_000n };

test('the fee is amount × rate × (n + 1) / 24', () => {
  // 120m rial at 4 per cent over 12 months: 120m × 0.04 × 13 / 24.
  expect(feeOf(120_000_000n, 400, 12, 0)).toBe(2_600_000n);
  // Two months of waiting more, each a twelfth of 4 per cent of the whole.
  expect(feeOf(120_000_000n, 400, 12, 2)).toBe(3_400_000n);
  expect(feeOf(120_000_000n, 0, 12, 2)).toBe(0n);
});

test('the last part takes the rounding, and no part is negative', () => {
  expect(equalParts(100n, 3)).toEqual([33n, 33n, 34n]);
  expect(equalParts(101n, 3)).toEqual([34n, 34n, 33n]);
  expect(equalParts(2n, 4)).toEqual([1n, 1n, 0n, 0n]);
});

test('instalments fall on the day of the Jalali month, or on its last', () => {
  const { lines } = replay(terms, [paid]);
  expect(lines).toHaveLength(12);
  // 1400/04/31, then 1400/07/30 in a month of thirty days.
  expect(lines[0]).toMatchObject({ number: 1, dueOn: '2021-07-22', principal: 10_000_000n });
  expect(lines[3]).toMatchObject({ number: 4, dueOn: '2021-10-22' });
  expect(lines.reduce((sum, { principal }) => sum + principal, 0n)).toBe(120_000_000n);
  expect(lines.reduce((sum, { fee }) => sum + fee, 0n)).toBe(2_600_000n);
});

describe('what happens to a loan', () => {
  const late = '2021-09-01';

  test('an instalment that is not paid is late from the day after', () => {
    const loan = replay(terms, [paid]);
    expect(positionOn(loan, '2021-07-22')).toMatchObject({ overdue: 0n, daysPastDue: 0 });
    const on = positionOn(loan, late);
    expect(on).toMatchObject({ daysPastDue: 41, overdue: 20_433_334n });
    expect(on.next?.number).toBe(1);
  });

  test('the instalments after a second tranche are the sum of two schedules', () => {
    const second: LoanEvent = { kind: 'tranche', on: late, rial: 50_000_000n };
    const { lines } = replay(terms, [paid, second]);
    expect(lines[1]).toMatchObject({ principal: 10_000_000n });
    expect(lines[2]).toMatchObject({ principal: 15_000_000n });
  });

  test('paid early in whole: the fee of the months after is not asked', () => {
    const due = positionOn(replay(terms, [paid]), late).settlement;
    const events: LoanEvent[] = [paid, { kind: 'repay', on: late, rial: due, mode: 'shorten' }];
    const { lines, overpaid } = replay(terms, events);
    expect(overpaid).toBe(0n);
    expect(lines.every((line) => owed(line) === 0n)).toBe(true);
    expect(lines.reduce((sum, { fee }) => sum + fee, 0n)).toBe(433_334n);
  });

  test('paid early in part: as many instalments and lower, or as large and fewer', () => {
    const early = (mode: 'lower' | 'shorten') =>
      replay(terms, [paid, { kind: 'repay', on: '2021-06-01', rial: 60_000_000n, mode }]).lines;
    const lower = early('lower').filter((line) => owed(line) > 0n);
    expect(lower).toHaveLength(12);
    expect(lower[0]?.principal).toBe(5_000_000n);
    const shorter = early('shorten').filter((line) => owed(line) > 0n);
    expect(shorter).toHaveLength(6);
    expect(shorter[0]?.principal).toBe(10_000_000n);
  });

  test('recall: the whole principal is due at once, and the fee that was due', () => {
    const loan = replay(terms, [paid, { kind: 'fallDue', on: late }]);
    expect(positionOn(loan, '2021-09-11')).toMatchObject({
      due: 120_433_334n,
      daysPastDue: 10,
    });
  });

  test('rescheduling: what is owed is spread anew', () => {
    const anew: LoanEvent = { kind: 'reschedule', on: late, months: 24, graceMonths: 1 };
    const open = replay(terms, [paid, anew]).lines;
    expect(open).toHaveLength(24);
    expect(positionOn({ lines: open, overpaid: 0n }, late).daysPastDue).toBe(0);
  });
});

test('money is neither made nor lost, whatever happens', () => {
  for (let seed = 0; seed < 2_000; seed += 1) {
    const { terms: any, events } = randomLoan(seed);
    const { lines, overpaid } = replay(any, events);
    const sum = (amount: (line: (typeof lines)[number]) => bigint) =>
      lines.reduce((total, line) => total + amount(line), 0n);
    const of = (kind: string) =>
      events.reduce((total, event) => {
        return event.kind === kind && 'rial' in event ? total + event.rial : total;
      }, 0n);
    expect(sum(({ principal }) => principal)).toBe(of('tranche'));
    expect(sum(({ principalPaid, feePaid }) => principalPaid + feePaid)).toBe(
      of('repay') - overpaid,
    );
    expect(
      lines.some((line) => line.principal < line.principalPaid || line.fee < line.feePaid),
    ).toBe(false);
    const days = lines.map(({ dueOn }) => dueOn);
    expect(days).toEqual([...days].sort());
  }
});

test('a calculator written apart agrees to the rial', () => {
  expect(disagreements(1, 3_000)).toEqual([]);
});
