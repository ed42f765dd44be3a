import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { numbers, randomLoan } from '../../../test/random-loan.ts';
import { officeAt, permitRow } from '../../../test/register-office.ts';
import { checkProvince } from '../../figures/index.ts';
import { closeDay } from '../ledger/close.ts';
import { divideOthers, othersPart } from './rules.ts';
import { feeLeft, type LoanEvent, replay, sumOf } from './schedule.ts';

const paid: LoanEvent = { kind: 'tranche', on: '2021-04-20', rial: 120_000_000n };
/** 120m rial at 18 per cent over 12 months: a fee of 11.7m, of which the government bears 14 of 18. */
const terms = { feeBp: 1800, tenorMonths: 12, graceMonths: 0, feeInGrace: false };
const shares = { government: 7778 };

describe('parts of a fee', () => {
  test('add up to it, whatever the shares', () => {
    const next = numbers(5);
    for (let turn = 0; turn < 2_000; turn += 1) {
      const government = next(10_001);
      const of = { government, support_body: next(10_001 - government) };
      const together = othersPart(of, BigInt(next(2_000_000_000)));
      const parts = divideOthers(of, together);
      expect(parts.reduce((sum, { rial }) => sum + rial, 0n)).toBe(
        parts.length > 0 ? together : 0n,
      );
      expect(parts.every(({ rial }) => rial >= 0n)).toBe(true);
    }
  });

  test('the borrower is asked for no more than theirs', () => {
    const { lines } = replay({ ...terms, shares }, [paid]);
    expect(sumOf(lines, ({ fee }) => fee)).toBe(2_599_740n);
    expect(sumOf(lines, ({ others }) => others)).toBe(9_100_260n);
    expect(lines[0]).toMatchObject({ fee: 216_645n, others: 758_355n });
  });

  test('together are the fee that one payer would bear, until something is repaid early', () => {
    const whole = replay(terms, [paid]).lines;
    const divided = replay({ ...terms, shares }, [paid]).lines;
    expect(sumOf(divided, (line) => feeLeft(line) + line.others)).toBe(sumOf(whole, feeLeft));
    const recall: LoanEvent = { kind: 'fallDue', on: '2021-09-01' };
    const due = replay({ ...terms, shares }, [paid, recall]).lines;
    // Four of twelve instalments were due: what was to come of the others' part is not asked either.
    expect(sumOf(due, ({ others }) => others)).toBe(4n * 758_355n);
  });

  test('change nothing where there are none', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const { terms: any, events } = randomLoan(seed);
      const { shares: _none, ...alone } = any;
      const zero = { ...alone, shares: { government: 0, support_body: 0 } };
      expect(replay(zero, events)).toEqual(replay(alone, events));
    }
  });
});

describe('a line whose fee the government shares', () => {
  let house: TestHouse;
  let bank: Caller;
  let director: Caller;
  let code: string;

  beforeAll(async () => {
    house = await testHouse();
    await house.database.migratorTransaction((tx) =>
      sql`update credit_terms set fee_bp = 1800, government_fee_bp = 7000, support_body_fee_bp = 778
        where credit_line_id = 'home-jobs'`.execute(tx),
    );
    bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
    director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
    const office = await officeAt(house.database);
    await office.bring('permits', [permitRow(1)]);
    code = (await director.get('/api/cases')).body.items[0].code;
    const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
    const plan = { code, bank: 'MELLAT', requestedRial: '120000000', people: 1, declared };
    const body = { preview: false, creditLine: 'home-jobs', plans: [plan] };
    expect((await director.post('/api/plans/refer', body)).status).toBe(200);
    const payment = { amountRial: '120000000', bankReference: 'p-1' };
    expect((await bank.post(`/api/plans/${code}/pay`, payment)).status).toBe(200);
  }, 60_000);
  afterAll(() => house.close());

  test('shows the borrower only their part, in the preview too', async () => {
    const [loan] = (await bank.get(`/api/cases/${code}/loans`)).body.loans;
    const fee = loan.lines.reduce(
      (sum: bigint, line: { feeRial: string }) => sum + BigInt(line.feeRial),
      0n,
    );
    const preview = await house.nobody.post('/api/loan-preview', {
      ...{ amountRial: '120000000', feeBp: 1800, tenorMonths: 60, graceMonths: 6 },
      ...{
        feeInGrace: true,
        paidOn: '2022-06-22',
        shares: { government: 7000, support_body: 778 },
      },
    });
    expect(preview.body.feeRial).toBe(fee.toString());
    // 120m × 18 % × (61 + 2 × 6) / 24 = 65.7m, of which 22.22 per cent.
    expect(fee).toBe(14_598_540n);
    const [plan] = (await bank.get(`/api/cases/${code}/plans`)).body.plans;
    expect(plan).toMatchObject({ feeBp: 1800, borrowerShareBp: 2222 });
  });

  test('the director sees what it costs, the checks find nothing, a take-back takes it all back', async () => {
    await closeDay(house.database, 4, '2022-06-22', house.clock.now());
    const cost = (await director.get('/api/fee-shares')).body;
    expect(cost).toMatchObject({ closedOn: '2022-06-22', comingRial: '51101460' });
    const ofPayers = cost.items.map((it: { payer: string; chargedRial: string }) => [
      it.payer,
      it.chargedRial,
    ]);
    expect(ofPayers).toEqual([
      ['government', '45990000'],
      ['support_body', '5111460'],
    ]);
    expect((await bank.get('/api/fee-shares')).status).toBe(403);
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
    const back = await director.post(
      `/api/plans/${code}/take-back`,
      { reason: 'آزمون' },
      randomUUID(),
    );
    expect(back.status).toBe(200);
    expect((await director.get('/api/fee-shares')).body.items).toEqual([]);
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
  });
});
