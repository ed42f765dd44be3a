import { type Reference, settingOn } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { insertTransfers, type NewTransfer, transfersOf } from '../ledger/transfers.ts';
import { positionOn } from './position.ts';
import { findLoans, insertLoans, type ToldEvent, type ToldLoan } from './queries.ts';
import { replay } from './schedule.ts';

/** Opens the loans of plans whose first tranche was paid; what their day says is frozen on them. */
export async function openPlanLoans(
  tx: Tx,
  act: Act,
  reference: Reference,
  firsts: readonly { planId: string; on: string }[],
): Promise<void> {
  const loans = firsts.map(({ planId, on }) => {
    const setting = settingOn(reference, 'financing.fee_in_grace', act.provinceId, on);
    return { planId, on, feeInGrace: setting === 'true' };
  });
  await insertLoans(tx, act, loans);
}

/** Posts to the ledger what steps, already in the record, did to the loans of plans. */
export async function postSteps(
  tx: Tx,
  act: Act,
  planIds: readonly string[],
  stepIds: readonly string[],
): Promise<void> {
  const loans = await findLoans(tx, act.provinceId, { planIds: [...new Set(planIds)] });
  const places = new Map(stepIds.map((id, at) => [id, at]));
  const rows = [...loans.values()].flatMap((loan) => transfersOfSteps(loan, places));
  await insertTransfers(tx, act, rows);
}

/** The steps one by one, in the order in which they were recorded, each on top of all before it. */
function transfersOfSteps(loan: ToldLoan, places: ReadonlyMap<string, number>): NewTransfer[] {
  const fresh = loan.told.filter(({ stepId }) => places.has(stepId));
  const inTurn = fresh.sort((a, b) => (places.get(a.stepId) ?? 0) - (places.get(b.stepId) ?? 0));
  const there = new Set(loan.told.filter(({ stepId }) => !places.has(stepId)));
  return inTurn.flatMap((step) => {
    const before = balances(loan, there);
    there.add(step);
    const after = balances(loan, there);
    const { planId, bankId, agencyId } = loan;
    const row = { planId, bankId, agencyId, stepId: step.stepId, happenedOn: step.event.on };
    const transfers = transfersOf(step.event, before, after, loan.terms.shares);
    return transfers.map((transfer) => ({ ...row, ...transfer }));
  });
}

function balances(loan: ToldLoan, there: ReadonlySet<ToldEvent>) {
  const events = loan.told.filter((step) => there.has(step)).map(({ event }) => event);
  return positionOn(replay(loan.terms, events), loan.openedOn);
}
