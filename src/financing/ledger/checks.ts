import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type Check, type Difference, differencesShown } from '../../platform/checks.ts';
import type { Tx } from '../../platform/database.ts';
import { positionOn } from '../loans/position.ts';
import { type ToldLoan, walkLoans } from '../loans/queries.ts';
import { divideOthers, otherPayers } from '../loans/rules.ts';
import { replay } from '../loans/schedule.ts';
import { type LoanState, loanVerbs } from '../loans/steps.ts';
import { recomputeCloses } from './close-check.ts';

/** How many loans are reckoned at once. */
const batch = 2_000;
const lastDay = '9999-12-31';

/** All debits of the ledger are all its credits, and a reversal is its row the other way round. */
const ledgerZero: Check = {
  name: 'ledger.zero',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ count: bigint; sum: bigint; crooked: bigint }>`
      select count(*) as count,
        coalesce((select sum(balance) from (
          select debit_account as account, sum(amount_rial) as balance from ledger_transfers
          where province_id = ${provinceId} group by 1
          union all
          select credit_account, -sum(amount_rial) from ledger_transfers
          where province_id = ${provinceId} group by 1) as sides), 0)::bigint as sum,
        count(*) filter (where t.reverses_id is not null and not exists (
          select 1 from ledger_transfers r where r.province_id = ${provinceId}
            and r.id = t.reverses_id and r.plan_id = t.plan_id and r.amount_rial = t.amount_rial
            and r.debit_account = t.credit_account and r.credit_account = t.debit_account
            and r.happened_on = t.happened_on)) as crooked
      from ledger_transfers t where province_id = ${provinceId}`.execute(tx);
    const { count = 0n, sum = 0n, crooked = 0n } = rows[0] ?? {};
    const differences: Difference[] = [];
    if (sum !== 0n) differences.push({ what: 'ledger', kept: String(sum), recomputed: '0' });
    if (crooked !== 0n) {
      differences.push({ what: 'reversals', kept: String(crooked), recomputed: '0' });
    }
    return { checked: Number(count), differences };
  },
};

type Balances = {
  plan_id: string;
  principal: bigint;
  fee: bigint;
  income: bigint;
  bank: bigint;
  government: bigint;
  support_body: bigint;
};

/** Each loan's balances, and its state, are those that the record gives. */
const ledgerRecord: Check = {
  name: 'ledger.record',
  async run(tx: Tx, provinceId: number) {
    const kept = await balancesOf(tx, provinceId);
    const states = await statesOf(tx, provinceId);
    const differences: Difference[] = [];
    let checked = 0;
    for await (const loans of walkLoans(tx, provinceId, lastDay, batch)) {
      for (const loan of loans.values()) {
        const is = `${balanceText(kept.get(loan.planId))} ${loan.state}`;
        const shouldBe = `${recomputedText(loan)} ${states.get(loan.planId) ?? 'running'}`;
        kept.delete(loan.planId);
        const what = encodeCode(provinceId, loan.caseId);
        if (is !== shouldBe) differences.push({ what, kept: is, recomputed: shouldBe });
      }
      checked += loans.size;
    }
    for (const stray of kept.values()) {
      differences.push({ what: stray.plan_id, kept: balanceText(stray), recomputed: '' });
    }
    return { checked, differences: differences.slice(0, differencesShown) };
  },
};

function balanceText(row: Balances | undefined): string {
  const { principal = 0n, fee = 0n, income = 0n, bank = 0n } = row ?? {};
  const others = otherPayers.map((payer) => row?.[payer] ?? 0n);
  return [principal, fee, income, bank, ...others].join(' ');
}

function recomputedText(loan: ToldLoan): string {
  const events = loan.told.map(({ event }) => event);
  const position = positionOn(replay(loan.terms, events), loan.openedOn);
  let out = 0n;
  for (const event of events) {
    if (event.kind === 'tranche') out += event.rial;
    else if (event.kind === 'repay') out -= event.rial;
  }
  const { principal, fee, feeCharged, others } = position;
  const parts = new Map(divideOthers(loan.terms.shares, others).map((it) => [it.payer, it.rial]));
  const owedByOthers = otherPayers.map((payer) => parts.get(payer) ?? 0n);
  return [principal, fee, -feeCharged - others, -out, ...owedByOthers].join(' ');
}

async function balancesOf(tx: Tx, provinceId: number): Promise<Map<string, Balances>> {
  const { rows } = await sql<Balances>`
    select plan_id,
      coalesce(sum(amount) filter (where account = 'principal'), 0)::bigint as principal,
      coalesce(sum(amount) filter (where account = 'fee_receivable'), 0)::bigint as fee,
      coalesce(sum(amount) filter (where account = 'fee_income'), 0)::bigint as income,
      coalesce(sum(amount) filter (where account = 'bank'), 0)::bigint as bank,
      coalesce(sum(amount) filter (where account = 'government_receivable'), 0)::bigint as government,
      coalesce(sum(amount) filter (where account = 'support_body_receivable'), 0)::bigint
        as support_body
    from (
      select plan_id, debit_account as account, amount_rial as amount from ledger_transfers
      where province_id = ${provinceId}
      union all
      select plan_id, credit_account, -amount_rial from ledger_transfers
      where province_id = ${provinceId}) as sides
    group by plan_id`.execute(tx);
  return new Map(rows.map((row) => [row.plan_id, row]));
}

/** Where the last standing step of each loan led; a plan without a payment that stands has none. */
async function statesOf(tx: Tx, provinceId: number): Promise<Map<string, LoanState>> {
  const { rows } = await sql<{ plan: string; state: LoanState }>`
    select distinct on (h.facts ->> 'plan') h.facts ->> 'plan' as plan,
      case when h.verb = any(${[...loanVerbs]}::text[])
        then case when h.sign = 1 then h.to_state else h.from_state end
        when h.sign = -1 and h.from_state <> 'paying' then 'void' else 'running' end as state
    from history h
    where h.province_id = ${provinceId}
      and h.verb = any(${['financing.pay', ...loanVerbs]}::text[])
    order by h.facts ->> 'plan', h.seq desc`.execute(tx);
  return new Map(rows.map(({ plan, state }) => [plan, state]));
}

/** The last close of each day is what the record gives, as it was known when it was made. */
const closes: Check = { name: 'ledger.closes', run: recomputeCloses };

export const ledgerChecks: readonly Check[] = [ledgerZero, ledgerRecord, closes];
