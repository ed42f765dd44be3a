import { sql } from 'kysely';
import type { Database, Tx } from '../../src/platform/database.ts';

/** What the loans are told in: repayments of each, besides its one payment. */
const repaymentsOfEach = 8;
const banks = "array['MELLAT','SADERAT','TEJARAT','REFAH']";
const bankOf = `(${banks})[1 + n % 4]`;
const id = (kind: number, of: string) =>
  `('0000000${kind}-0000-7000-8000-' || lpad(to_hex(${of}), 12, '0'))::uuid`;
const columns = `province_id, id, case_id, seq, verb, from_state, to_state, happened_on, recorded_at,
  op_id, person_id, county_id, agency_id, bank_id, kind, occupation_id, sex, area, rial, facts, hash`;
const rest = `401, 'SMT', ${bankOf}, 'independent', 'tailoring', 'female', 'urban'`;

/**
 * Writes loans as they stand after eight months of repayment, of different days and sums. Only what
 * the close reads is there: no people, and a record without its chain.
 */
export async function seedLoans(database: Database, loans: number): Promise<void> {
  await database.migratorTransaction(async (tx) => {
    await sql`alter table plans drop constraint plans_case_known, drop constraint plans_person_known`.execute(
      tx,
    );
    await sql`alter table loans drop constraint loans_case_known, drop constraint loans_person_known`.execute(
      tx,
    );
    await sql`alter table history drop constraint history_case_known`.execute(tx);
    const run = (text: string) => sql.raw(text).execute(tx);
    const all = `generate_series(1, ${loans}) as n`;
    const paidOn = `date '2021-03-21' + n % 300`;
    const rial = '(100 + n % 400) * 1000000';
    await run(`insert into plans (province_id, id, case_id, person_id, state, kind, agency_id, bank_id,
        credit_line_id, terms, cap_rial, requested_rial, paid_rial, people, referred_on, state_since, changed_at,
        county_id)
      select 4, ${id(1, 'n')}, ${id(2, 'n')}, ${id(3, 'n')}, 'paying', 'independent', 'SMT', ${bankOf},
        'home-jobs', '{}', 500000000, ${rial}, ${rial}, 1, ${paidOn}, ${paidOn}, now(), 401 from ${all}`);
    await run(`insert into loans (province_id, plan_id, case_id, person_id, agency_id, bank_id, state,
        terms, opened_on, state_since)
      select 4, ${id(1, 'n')}, ${id(2, 'n')}, ${id(3, 'n')}, 'SMT', ${bankOf}, 'running',
        '{"fee_bp": 400, "tenor_months": 60, "grace_months": 6, "fee_in_grace": true}',
        ${paidOn}, ${paidOn} from ${all}`);
    await run(`insert into history (${columns})
      select 4, ${id(4, 'n')}, ${id(2, 'n')}, 1, 'financing.pay', 'contracted', 'paying', ${paidOn},
        now(), ${id(5, 'n')}, ${id(3, 'n')}, ${rest}, ${rial},
        jsonb_build_object('plan', ${id(1, 'n')}), '' from ${all}`);
    await run(`insert into history (${columns})
      select 4, ${id(6, `n * 100 + k`)}, ${id(2, 'n')}, 1 + k, 'financing.repay', 'running', 'running',
        ${paidOn} + 183 + 31 * k + n % 9, now(), ${id(5, 'n')}, ${id(3, 'n')}, ${rest}, ${rial} / 55,
        jsonb_build_object('plan', ${id(1, 'n')}, 'mode', 'instalments'), ''
      from ${all}, generate_series(1, ${repaymentsOfEach}) as k`);
    await analyse(tx);
  });
}

async function analyse(tx: Tx): Promise<void> {
  await sql`analyze plans, loans, history`.execute(tx);
}
