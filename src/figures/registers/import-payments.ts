import {
  findPaymentsHeld,
  findPlansForUpdate,
  type JudgedPayment,
  judgePayment,
  type KnownPlan,
  type PaymentsHeld,
  paidPlan,
  planRow,
  writePayments,
} from '../../financing/index.ts';
import type { CaseRow } from '../../permits/index.ts';
import { type HeldCases, holdCases, withoutCase } from './held-cases.ts';
import {
  batchesThrough,
  batchThrough,
  type Desk,
  type Importer,
  type Judgement,
} from './importer.ts';
import { differs } from './match.ts';
import type { PaymentRecord } from './records.ts';
import type { Fault } from './verdict.ts';

type Held = HeldCases & {
  readonly plans: Map<string, KnownPlan[]>;
  readonly payments: PaymentsHeld;
};

/** A register of payments: each row is what a bank paid on a plan (`financing.pay`). */
const payments: Importer<'payments', Held, JudgedPayment> = {
  async load(desk, records) {
    const { tx, act } = desk;
    const held = await holdCases(desk, 'payments', records);
    const plans = await findPlansForUpdate(tx, act.provinceId, [...held.cases.keys()]);
    const holders = [...held.cases.keys()].flatMap(
      (id) => held.book.byId(id)?.person.nationalId ?? [],
    );
    const references = records.flatMap(({ bankId, bankReference }) =>
      bankReference === undefined ? [] : [{ bankId, bankReference }],
    );
    const keys = { nationalIds: holders, payments: references };
    return { ...held, plans, payments: await findPaymentsHeld(tx, act.provinceId, keys) };
  },
  judge: judgeRow,
  write: ({ tx, act, reference }, writes) => writePayments(tx, act, reference, writes),
};

export const takePayments = batchesThrough(payments);
export const takeOnePayment = batchThrough(payments);

function judgeRow(desk: Desk, held: Held, record: PaymentRecord): Judgement<JudgedPayment> {
  const match = held.matches.get(record);
  const unsure = withoutCase(match);
  if (unsure || match?.kind !== 'sure') return unsure as Judgement<never>;
  const it = held.cases.get(match.it.id) as CaseRow;
  const plan = held.plans.get(it.id)?.at(-1);
  if (!plan) return { verdict: 'rejected', faults: [noPlan] };
  const same = compare(plan, record);
  if (same) {
    return same.length === 0 ? { verdict: 'unchanged' } : { verdict: 'rejected', faults: same };
  }
  const { nationalId } = match.it.person;
  const to = { plan: planRow(plan), it, nationalId };
  const write = judgePayment(desk.act, held.payments, to, toInput(it, plan, record, match.it));
  note(held, plan, write);
  return { verdict: 'accepted', write, warnings: [] };
}

const noPlan: Fault = { code: 'financing.no_plan', field: 'permit_number', details: {} };

/**
 * How a row differs from the payment of the record that it means: the one with its reference, else
 * with its number, else of its day and amount. Undefined when there is none: the row is a new payment.
 */
function compare(plan: KnownPlan, record: PaymentRecord): Fault[] | undefined {
  const { tranche, bankReference, amountRial, paidOn } = record;
  const known =
    plan.tranches.find((one) => one.bankReference === bankReference) ??
    plan.tranches.find((one) => one.number === tranche) ??
    (tranche === undefined && bankReference === undefined
      ? plan.tranches.find((one) => one.amountRial === amountRial && one.paidOn === paidOn)
      : undefined);
  if (!known) return undefined;
  return [
    ...differs('bank', plan.bankId, record.bankId),
    ...differs('tranche', known.number, tranche),
    ...differs('amount', known.amountRial, amountRial),
    ...differs('paid_on', known.paidOn, paidOn),
    ...differs('bank_reference', known.bankReference, bankReference),
  ];
}

/**
 * A payment without the bank's own reference gets one that says where it comes from, since what was
 * paid has to be told from what was paid again.
 */
function toInput(
  it: CaseRow,
  plan: KnownPlan,
  record: PaymentRecord,
  { permitNumber }: { permitNumber: string | null },
) {
  const { amountRial, bankId, paidOn, tranche } = record;
  const place = `register/${permitNumber ?? it.id}/${plan.tranches.length + 1}`;
  return {
    caseId: it.id,
    amountRial,
    bankId,
    bankReference: record.bankReference ?? place,
    happenedOn: paidOn,
    ...(tranche === undefined ? {} : { trancheNumber: tranche }),
  };
}

/** Lets rows further on see what was paid. */
function note(held: Held, plan: KnownPlan, write: JudgedPayment): void {
  const { number, amountRial, bankReference, paidOn } = write.tranche;
  const tranches = [...plan.tranches, { number, amountRial, bankReference, paidOn }];
  const before = held.plans.get(plan.caseId)?.slice(0, -1) ?? [];
  held.plans.set(plan.caseId, [...before, { ...plan, ...paidPlan(write), tranches }]);
}
