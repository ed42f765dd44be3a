import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { LoanYears } from '../../../test/loan-years.ts';
import { provinceContext } from '../../platform/policy.ts';
import { financingChecks } from '../checks.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Of some loans others bear a part of the fee; a loan freezes what its plan says. */
function shareFees(): Promise<unknown> {
  const shares = JSON.stringify({ fee_shares: { government: 5_555, support_body: 1_111 } });
  return database.migratorTransaction((tx) =>
    sql`update plans set terms = terms || ${shares}::jsonb
      where requested_rial % 3000000 = 0`.execute(tx),
  );
}

test('random years of loans: the ledger is zero, and the checks find nothing', async () => {
  const years = await LoanYears.open(database, 60, 7);
  await shareFees();
  await years.live(60, 20);
  expect(await years.differences()).toEqual([]);
  for (const kind of ['pay', 'repay', 'settle', 'reschedule', 'recall', 'death', 'takeBack']) {
    expect(years.done.get(kind) ?? 0, kind).toBeGreaterThan(3);
  }
  expect(years.done.get('killed') ?? 0).toBeGreaterThan(0);
});

test('the application cannot edit the ledger', async () => {
  const edit = (text: string) =>
    database.transaction(provinceContext(4), (tx) => sql.raw(text).execute(tx));
  await expect(edit('update ledger_transfers set amount_rial = 1')).rejects.toThrow(/permission/);
  await expect(edit('delete from ledger_transfers')).rejects.toThrow(/permission/);
});

const one = (table: string, which = 'true') =>
  `where (province_id, ctid) = (select province_id, ctid from ${table} where ${which} limit 1)`;

test.for([
  ['financing.paid', `update plans set paid_rial = paid_rial + 1 ${one('plans')}`],
  [
    'financing.paid',
    `update tranches set amount_rial = amount_rial + 1 ${one('tranches', 'taken_back_at is null')}`,
  ],
  [
    'ledger.zero',
    `update ledger_transfers set amount_rial = amount_rial + 1
    ${one('ledger_transfers', 'reverses_id is not null')}`,
  ],
  [
    'ledger.record',
    `update ledger_transfers set amount_rial = amount_rial + 1
    ${one('ledger_transfers', "kind = 'principal_repaid'")}`,
  ],
  [
    'ledger.record',
    `update ledger_transfers set amount_rial = amount_rial + 1
    ${one('ledger_transfers', "kind = 'share_charged'")}`,
  ],
  [
    'ledger.closes',
    `update loan_closes set others_coming_rial = others_coming_rial + 1
    ${one('loan_closes', 'closed_on = (select max(closed_on) from close_runs)')}`,
  ],
  [
    'ledger.closes',
    `update loan_closes set due_rial = due_rial + 1
    ${one('loan_closes', 'closed_on = (select max(closed_on) from close_runs)')}`,
  ],
] as const)('%s finds a row that somebody edited', async ([name, edit]) => {
  const differences = await database.migratorTransaction(async (tx) => {
    await sql`savepoint whole`.execute(tx);
    await sql.raw(edit).execute(tx);
    const check = financingChecks.find((it) => it.name === name);
    const found = await check?.run(tx, 4);
    await sql`rollback to savepoint whole`.execute(tx);
    return found?.differences ?? [];
  });
  expect(differences).not.toEqual([]);
});
