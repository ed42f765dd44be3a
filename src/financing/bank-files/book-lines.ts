import type { Reference } from '../../accounts/index.ts';
import { getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Say } from '../../platform/language.ts';
import { newestSteps } from '../../platform/standing.ts';
import { askBorrowers } from '../payment-asks/actions.ts';
import { recordPayments } from '../payments.ts';
import { getPlansForUpdate } from '../queries.ts';
import { takeBackPlanStep } from '../take-back.ts';
import { carryTogether } from './carry-together.ts';
import {
  type Confirmation,
  type FileKey,
  findOpenLines,
  findOrders,
  type LineOutcome,
  moveOrders,
  type OpenLine,
  paymentKey,
  saveOutcomes,
  standingPayments,
} from './lines.ts';
import { repayLines } from './repay-lines.ts';
import { doingOf, type OrderFacts } from './rules.ts';

/** What booking needs besides its lines; `say` is Persian, the language of the record. */
export type Counter = {
  readonly tx: Tx;
  readonly act: Act;
  readonly reference: Reference;
  readonly say: Say;
  /** Where borrowers answer whether their money came; null where nobody is to be asked. */
  readonly publicUrl: string | null;
};

/** Lines that one transaction books. */
const together = 500;

/**
 * Books the next sure lines of a file: payments into the record and the ledger, returns taken back from
 * them. A line that the rules refuse waits for a person with the rule's code.
 * @returns how many lines were gone through; 0 when none is left
 */
export async function bookLines(counter: Counter, file: FileKey): Promise<number> {
  const { tx, act } = counter;
  const lines = distinctCases(await findOpenLines(tx, file, together));
  if (lines.length === 0) return 0;
  // Whoever moves an order holds its case.
  const caseIds = lines.map(({ caseId }) => caseId);
  await getCasesForUpdate(tx, act.provinceId, caseIds);
  const orders = await findOrders(
    tx,
    act.provinceId,
    lines.map(({ orderId }) => orderId),
  );
  const doing = lines.map((line) => {
    const { facts, confirmation } = orders.get(line.orderId) as Held;
    return {
      ...{ line, facts, confirmation },
      what: doingOf(line, facts, confirmation?.bankReference ?? null),
    };
  });
  const of = (what: string) => doing.filter((one) => one.what === what);
  const done = ['pay', 'take_back', 'mark_returned', 'repay', 'note'];
  const outcomes: LineOutcome[] = [
    ...(await payLines(counter, file, of('pay'))),
    ...(await takeBackLines(counter, of('take_back'))),
    ...(await markReturned(counter, of('mark_returned'))),
    ...(await repayLines(counter, file, of('repay'))),
    ...of('note').map(({ line: { line } }) => ({ line, effect: 'noted', ledgerOn: null }) as const),
    ...doing
      .filter(({ what }) => !done.includes(what))
      .map(({ line: { line }, what }) => ({ line, why: what })),
  ];
  await saveOutcomes(tx, file, outcomes);
  const paid = of('pay').map(({ line: { caseId } }) => caseId);
  const { publicUrl, reference } = counter;
  if (publicUrl !== null) await askBorrowers(tx, act, reference, publicUrl, paid);
  return lines.length;
}

type Held = { readonly facts: OrderFacts; readonly confirmation: Confirmation | null };
type Due = Held & { readonly line: OpenLine };

/** From the beginning as far as each case comes once: what a second line of it means, the first decides. */
function distinctCases(lines: readonly OpenLine[]): readonly OpenLine[] {
  const seen = new Set<string>();
  const again = lines.findIndex(({ caseId }) => seen.size === seen.add(caseId).size);
  return again === -1 ? lines : lines.slice(0, again);
}

async function payLines(
  counter: Counter,
  file: FileKey,
  due: readonly Due[],
): Promise<LineOutcome[]> {
  if (due.length === 0) return [];
  const { tx, act } = counter;
  const caseIds = due.map(({ line }) => line.caseId);
  const plans = await getPlansForUpdate(tx, act.provinceId, caseIds);
  const isNewest = ({ line }: Due) => plans.get(line.caseId)?.id === line.planId;
  const moved = due.filter((one) => !isNewest(one));
  const paid = await payTogether(counter, file, due.filter(isNewest));
  const sure = paid.filter((one) => 'effect' in one).map(({ line }) => line);
  const moves = due.filter(({ line: { line } }) => sure.includes(line));
  await moveOrders(
    tx,
    act.provinceId,
    moves.map(({ line, facts }) => ({
      ...{ orderId: line.orderId, on: line.bookedOn ?? act.today },
      ...{ confirmedRial: facts.amountRial, returnedRial: 0n },
    })),
  );
  return [...paid, ...moved.map(({ line: { line } }) => ({ line, why: 'plan_moved' }))];
}

function payTogether(counter: Counter, file: FileKey, due: readonly Due[]): Promise<LineOutcome[]> {
  const { tx, act, reference } = counter;
  const pay = (some: readonly Due[]) =>
    recordPayments(
      tx,
      act,
      reference,
      some.map(({ line, facts }) => ({
        ...{ caseId: line.caseId, amountRial: facts.amountRial, bankId: file.bankId },
        ...{ bankReference: line.bankReference, happenedOn: line.bookedOn ?? act.today },
      })),
    );
  return carryTogether(due, pay, ({ line: { line, bookedOn } }) => {
    return { line, effect: 'paid', ledgerOn: bookedOn };
  });
}

/**
 * A payment that came back is taken back, if nothing stands on top of it. One that somebody took back by
 * hand meanwhile is only noted on its order.
 */
async function takeBackLines(counter: Counter, due: readonly Due[]): Promise<LineOutcome[]> {
  if (due.length === 0) return [];
  const { tx, act, reference, say } = counter;
  const planIds = due.map(({ line }) => line.planId);
  const standing = await standingPayments(tx, act.provinceId, planIds);
  const caseIds = due.map(({ line }) => line.caseId);
  const newest = await newestSteps(tx, act.provinceId, caseIds);
  const whole = due.filter((one) => one.facts.amountRial === one.confirmation?.rial);
  const stands = ({ line, confirmation }: Due) =>
    standing.has(paymentKey(line.planId, confirmation?.bankReference ?? ''));
  const onTop = (one: Due) => {
    const { verb, facts } = newest.get(one.line.caseId)?.step ?? {};
    const isOfPlan = verb === 'financing.pay' && facts?.plan === one.line.planId;
    return isOfPlan && facts.bank_reference === one.confirmation?.bankReference;
  };
  const back = whole.filter((one) => stands(one) && onTop(one));
  if (back.length > 0) {
    const inputs = back.map(({ line }) => ({
      caseId: line.caseId,
      reason: say('financing.bankFiles.cameBack', { note: line.note || line.bankReference }),
    }));
    await takeBackPlanStep(tx, act, reference, inputs);
  }
  return sayReturned(counter, due, [...back, ...whole.filter((one) => !stands(one))]);
}

async function sayReturned(
  { tx, act }: Counter,
  due: readonly Due[],
  back: readonly Due[],
): Promise<LineOutcome[]> {
  await moveOrders(
    tx,
    act.provinceId,
    back.map(({ line, facts: { amountRial } }) => ({
      ...{ orderId: line.orderId, on: line.bookedOn ?? act.today },
      ...{ confirmedRial: -amountRial, returnedRial: amountRial },
    })),
  );
  return due.map((one) => {
    const { line } = one.line;
    if (!back.includes(one)) return { line, why: 'later_step' };
    return { line, effect: 'returned', ledgerOn: one.confirmation?.ledgerOn ?? null };
  });
}

/** An order that the bank refuses, or whose payment never reached us as one: nothing was booked. */
async function markReturned({ tx, act }: Counter, due: readonly Due[]): Promise<LineOutcome[]> {
  await moveOrders(
    tx,
    act.provinceId,
    due.map(({ line, facts }) => ({
      ...{ orderId: line.orderId, on: line.bookedOn ?? act.today, confirmedRial: 0n },
      returnedRial: facts.amountRial - facts.confirmedRial - facts.returnedRial,
    })),
  );
  return due.map(({ line: { line } }) => ({ line, effect: 'returned', ledgerOn: null }));
}
