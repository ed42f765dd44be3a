import { sql } from 'kysely';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { newestSteps } from '../../platform/standing.ts';
import { repayLoans } from '../loans/actions.ts';
import { askBorrowers } from '../payment-asks/actions.ts';
import { recordPayments } from '../payments.ts';
import { getPlansForUpdate } from '../queries.ts';
import { takeBackPlanStep } from '../take-back.ts';
import type { Counter } from './book-lines.ts';
import {
  type Confirmation,
  type FileKey,
  findOrders,
  moveOrders,
  paymentKey,
  standingPayments,
} from './lines.ts';
import type { LineKind, OrderFacts } from './rules.ts';

/** What a person says of a line that waits. */
export type LineDecision = {
  /**
   * `book`: it is this order's; `book_and_end`: and no more of the order will come; `set_aside`: it is
   * no payment of ours, or one that was told before.
   */
  readonly decision: 'book' | 'book_and_end' | 'set_aside';
  /** Of the order, for the first two. */
  readonly orderId: string | null;
  readonly reason: string;
};

type WaitingLine = {
  readonly kind: LineKind;
  readonly amountRial: bigint | null;
  readonly bookedOn: string | null;
  readonly bankReference: string;
};

type Order = {
  readonly facts: OrderFacts;
  readonly confirmation: Confirmation | null;
  readonly caseId: string;
  readonly planId: string;
};

type Effect = { readonly effect: 'paid' | 'returned' | 'repaid'; readonly ledgerOn: string | null };

/**
 * Decides a line that the rules left open, and books it where the person says whose it is: by the same
 * rules as any payment, so what they refuse stays refused, and the line open.
 * @throws Problem `platform.not_found`, `financing.line_decided` (409), `financing.reason_missing`,
 * `financing.line_does_not_fit` (422), and as `recordPayments` and `takeBackPlanStep`
 */
export async function decideLine(
  counter: Counter,
  file: FileKey,
  line: number,
  decision: LineDecision,
): Promise<void> {
  const reason = normaliseText(decision.reason);
  if (reason === '') throw new Problem('financing.reason_missing');
  const said = { ...decision, reason };
  if (decision.decision === 'set_aside') {
    await lockWaiting(counter.tx, file, line);
    await saveDecision(counter, file, line, said, { effect: 'set_aside', ledgerOn: null });
    return;
  }
  // Whoever moves an order holds its case, and the case comes first.
  const order = await lockOrder(counter.tx, file, decision.orderId);
  const waiting = await lockWaiting(counter.tx, file, line);
  const effect = await carryOut(counter, file, order, waiting, said);
  await saveDecision(counter, file, line, said, effect);
}

function carryOut(
  counter: Counter,
  file: FileKey,
  order: Order,
  waiting: WaitingLine,
  { decision, reason }: LineDecision,
): Promise<Effect> {
  if (waiting.kind === 'returned') return takeBack(counter, order, waiting, reason);
  if (waiting.kind === 'repaid') return repay(counter, order, waiting);
  return pay(counter, file, order, waiting, decision === 'book_and_end');
}

/** A repayment that a person knows the loan of. */
async function repay(
  { tx, act }: Counter,
  { caseId, planId }: Order,
  line: WaitingLine,
): Promise<Effect> {
  const { amountRial, bookedOn, bankReference } = line;
  if (amountRial === null || bookedOn === null) throw doesNotFit(line, 0n);
  const plan = (await getPlansForUpdate(tx, act.provinceId, [caseId])).get(caseId);
  if (plan?.id !== planId) throw doesNotFit(line, 0n);
  await repayLoans(tx, act, [{ caseId, amountRial, bankReference, happenedOn: bookedOn }]);
  return { effect: 'repaid', ledgerOn: bookedOn };
}

async function lockWaiting(tx: Tx, file: FileKey, line: number): Promise<WaitingLine> {
  const { rows } = await sql<{
    kind: string;
    amount_rial: bigint | null;
    booked_on: string | null;
    bank_reference: string;
    verdict: string;
  }>`
    select kind, amount_rial, booked_on, bank_reference, verdict from bank_file_lines
    where province_id = ${file.provinceId} and bank_id = ${file.bankId}
      and file_id = ${file.id}::uuid and line = ${line} for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('platform.not_found');
  if (row.verdict !== 'waiting') throw new Problem('financing.line_decided');
  return {
    ...{ kind: row.kind as LineKind, amountRial: row.amount_rial, bookedOn: row.booked_on },
    bankReference: row.bank_reference,
  };
}

async function lockOrder(tx: Tx, file: FileKey, orderId: string | null): Promise<Order> {
  const found = await tx
    .selectFrom('payment_orders')
    .select(['case_id', 'plan_id'])
    .where('province_id', '=', file.provinceId)
    .where('bank_id', '=', file.bankId)
    .where('id', '=', orderId)
    .executeTakeFirst();
  if (!found || orderId === null) throw new Problem('platform.not_found');
  await getCasesForUpdate(tx, file.provinceId, [found.case_id]);
  const held = (await findOrders(tx, file.provinceId, [orderId])).get(orderId);
  if (!held) throw new Problem('platform.not_found');
  return { ...held, caseId: found.case_id, planId: found.plan_id };
}

async function pay(
  { tx, act, reference, publicUrl }: Counter,
  file: FileKey,
  { facts, caseId, planId }: Order,
  line: WaitingLine,
  end: boolean,
): Promise<Effect> {
  const { amountRial, bookedOn, bankReference } = line;
  const left = facts.amountRial - facts.confirmedRial - facts.returnedRial;
  const fits = amountRial !== null && amountRial <= left && bookedOn !== null;
  if (line.kind !== 'paid' || !fits || facts.state !== 'pending') throw doesNotFit(line, left);
  const plan = (await getPlansForUpdate(tx, act.provinceId, [caseId])).get(caseId);
  if (plan?.id !== planId) throw doesNotFit(line, left);
  const payment = { caseId, amountRial, bankId: file.bankId, bankReference, happenedOn: bookedOn };
  await recordPayments(tx, act, reference, [payment]);
  if (publicUrl !== null) await askBorrowers(tx, act, reference, publicUrl, [caseId]);
  const returnedRial = end ? left - amountRial : 0n;
  const move = { orderId: facts.id, confirmedRial: amountRial, returnedRial, on: bookedOn };
  await moveOrders(tx, act.provinceId, [move]);
  return { effect: 'paid', ledgerOn: bookedOn };
}

async function takeBack(
  { tx, act, reference }: Counter,
  { facts, confirmation, caseId, planId }: Order,
  line: WaitingLine,
  reason: string,
): Promise<Effect> {
  const { amountRial } = line;
  const left = facts.amountRial - facts.confirmedRial - facts.returnedRial;
  const on = line.bookedOn ?? act.today;
  if (confirmation === null) {
    if (amountRial !== left || left === 0n) throw doesNotFit(line, left);
    const move = { orderId: facts.id, confirmedRial: 0n, returnedRial: left, on };
    await moveOrders(tx, act.provinceId, [move]);
    return { effect: 'returned', ledgerOn: null };
  }
  if (amountRial !== confirmation.rial) throw doesNotFit(line, confirmation.rial);
  const standing = await standingPayments(tx, act.provinceId, [planId]);
  // What somebody took back by hand meanwhile is only noted on the order.
  if (standing.has(paymentKey(planId, confirmation.bankReference))) {
    const step = (await newestSteps(tx, act.provinceId, [caseId])).get(caseId)?.step;
    const { bank_reference: paidBy, plan } = step?.facts ?? {};
    const isIt = step?.verb === 'financing.pay' && plan === planId;
    if (!isIt || paidBy !== confirmation.bankReference)
      throw new Problem('platform.later_step', { verb: step?.verb ?? '' });
    await takeBackPlanStep(tx, act, reference, [{ caseId, reason }]);
  }
  const move = { orderId: facts.id, confirmedRial: -amountRial, returnedRial: amountRial, on };
  await moveOrders(tx, act.provinceId, [move]);
  return { effect: 'returned', ledgerOn: confirmation.ledgerOn };
}

function doesNotFit(line: WaitingLine, recordRial: bigint): Problem {
  return new Problem('financing.line_does_not_fit', {
    givenRial: line.amountRial?.toString() ?? '-',
    recordRial: recordRial.toString(),
  });
}

async function saveDecision(
  { tx, act }: Counter,
  file: FileKey,
  line: number,
  { orderId, reason }: LineDecision,
  { effect, ledgerOn }: Effect | { readonly effect: 'set_aside'; readonly ledgerOn: null },
): Promise<void> {
  const ofOrder = effect === 'set_aside' ? null : orderId;
  await sql`
    update bank_file_lines set verdict = 'decided', effect = ${effect}, ledger_on = ${ledgerOn}::date,
      order_id = ${ofOrder}::uuid, reason = ${reason}, decided_by = ${act.actorId}::uuid,
      decided_at = ${act.now}::timestamptz
    where province_id = ${file.provinceId} and bank_id = ${file.bankId}
      and file_id = ${file.id}::uuid and line = ${line}`.execute(tx);
}
