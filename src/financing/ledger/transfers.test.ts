import { expect, test } from 'vitest';
import { numbers, randomLoan } from '../../../test/random-loan.ts';
import { type Position, positionOn } from '../loans/position.ts';
import { type LoanEvent, type LoanTerms, replay } from '../loans/schedule.ts';
import { foldedDays } from './fold-closes.ts';
import { type Transfer, transfersOf } from './transfers.ts';

const terms: LoanTerms = { feeBp: 400, tenorMonths: 12, graceMonths: 0, feeInGrace: false };
const paid: LoanEvent = { kind: 'tranche', on: '2021-04-20', rial: 120_000_000n };

const inDays = (events: readonly LoanEvent[]) =>
  [...events].sort((a, b) => Number(a.on > b.on) - Number(a.on < b.on));

/** Records events one by one, whatever their days, and gives the transfers and where the loan ends. */
function record(of: LoanTerms, recorded: readonly LoanEvent[]) {
  const transfers: Transfer[] = [];
  let known: LoanEvent[] = [];
  let before: Position = positionOn(replay(of, []), '2019-01-01');
  for (const event of recorded) {
    const more = inDays([...known, event]);
    const loan = replay(of, more);
    // More than is owed is refused before anything is posted.
    if (loan.overpaid > 0n) continue;
    known = more;
    const after = positionOn(loan, '2019-01-01');
    transfers.push(...transfersOf(event, before, after, of.shares));
    before = after;
  }
  return { transfers, end: before };
}

const balance = (transfers: readonly Transfer[], account: Transfer['debit']) =>
  transfers.reduce((sum, { debit, credit, amount }) => {
    if (debit === account) return sum + amount;
    return credit === account ? sum - amount : sum;
  }, 0n);

test('a payment told late moves an old repayment between fee and principal, and no bank’s money', () => {
  const repaid: LoanEvent = {
    kind: 'repay',
    on: '2021-06-01',
    rial: 10_000_000n,
    mode: 'instalments',
  };
  const late: LoanEvent = { kind: 'tranche', on: '2021-04-21', rial: 60_000_000n };
  const { transfers } = record(terms, [paid, repaid, late]);
  const moved = transfers.filter(({ kind }) => kind === 'reallocated');
  // The first instalment has half a fee more, which the repayment pays before its principal.
  expect(moved).toEqual([
    { kind: 'reallocated', debit: 'principal', credit: 'fee_receivable', amount: 108_333n },
  ]);
  expect(balance(transfers, 'bank')).toBe(-170_000_000n);
  expect(record(terms, [paid, late, repaid]).transfers.map(({ kind }) => kind)).not.toContain(
    'reallocated',
  );
});

test('whatever is recorded in whatever order, the accounts are what the replay says', () => {
  let reallocated = 0;
  for (let seed = 0; seed < 1_500; seed += 1) {
    const { terms: of, events } = randomLoan(seed);
    const next = numbers(seed);
    const [first, ...rest] = events;
    const mixed = rest
      .map((event) => ({ event, place: next(1_000) }))
      .sort((a, b) => a.place - b.place)
      .map(({ event }) => event);
    const { transfers, end } = record(of, [first as LoanEvent, ...mixed]);
    expect(transfers.every(({ amount }) => amount > 0n)).toBe(true);
    expect(balance(transfers, 'principal')).toBe(end.principal);
    expect(balance(transfers, 'fee_receivable')).toBe(end.fee);
    expect(balance(transfers, 'fee_income')).toBe(-end.feeCharged - end.others);
    const others =
      balance(transfers, 'government_receivable') + balance(transfers, 'support_body_receivable');
    expect(others).toBe(end.others);
    reallocated += transfers.filter(({ kind }) => kind === 'reallocated').length;
  }
  expect(reallocated).toBeGreaterThan(20);
});

test('old closed days go, but for the last of each month', () => {
  // 1400/01/30, 1400/01/31, 1400/02/01, 1400/02/05, 1401/02/05.
  const closed = ['2021-04-19', '2021-04-20', '2021-04-21', '2021-04-25', '2022-04-25'];
  expect(foldedDays(closed, '2022-01-01')).toEqual(['2021-04-19', '2021-04-21']);
  expect(foldedDays(closed, '2021-04-20')).toEqual(['2021-04-19']);
  expect(foldedDays(closed, '2021-04-01')).toEqual([]);
});
