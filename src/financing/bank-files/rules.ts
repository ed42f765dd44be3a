/** What a line of a bank's file says of one payment; `repaid` is what a borrower paid of a loan. */
export const lineKinds = ['paid', 'returned', 'pending', 'repaid'] as const;
export type LineKind = (typeof lineKinds)[number];

/** The messages that banks send: status report, statement, notification, and the plain table. */
export const messageKinds = ['pain.002', 'camt.053', 'camt.054', 'plain'] as const;
export type MessageKind = (typeof messageKinds)[number];

export const orderStates = ['pending', 'confirmed', 'returned'] as const;
export type OrderState = (typeof orderStates)[number];

/** One payment in a bank's file, as it was read. */
export type BankLine = {
  /** Its place among the payments of the file, from 1. */
  readonly line: number;
  readonly kind: LineKind;
  /** Our end-to-end reference as the bank wrote it, in capitals; '' where it wrote none. */
  readonly reference: string;
  /** Rial; null where the bank named no amount, or one that is no whole number of rial. */
  readonly amountRial: bigint | null;
  /** ISO; null where none is given. */
  readonly bookedOn: string | null;
  /** The bank's own reference. */
  readonly bankReference: string;
  readonly iban: string | null;
  /** What the bank wrote beside it: a reason code, a remark. */
  readonly note: string;
  /** What cannot be read in it. */
  readonly fault: LineFault | null;
};

export type LineFault = 'amount_unreadable' | 'not_rial' | 'day_missing' | 'unclear';

/** Why a line waits for a person, or was refused. The words are in the files of words. */
export const lineWhys = [
  'amount_unreadable',
  'not_rial',
  'day_missing',
  'unclear',
  'no_reference',
  'unknown_reference',
  'other_bank',
  'wrong_iban',
  'partial',
  'over',
  'already_confirmed',
  'already_returned',
  'later_step',
  'plan_moved',
  'not_booked',
] as const;
export type LineWhy = (typeof lineWhys)[number];

/**
 * Whether a reference is that of repayments: R before the reference of a payment order of the loan. Our
 * references begin with the two digits of a province, so no other begins so.
 */
export function isRepaymentReference(reference: string): boolean {
  return /^R\d{2}/.test(reference);
}

/** The order that a reference names, of a payment or of repayments. */
export function orderReference(reference: string): string {
  return isRepaymentReference(reference) ? reference.slice(1) : reference;
}

/** An order as the rules need it. */
export type OrderFacts = {
  readonly id: string;
  readonly bankId: string;
  readonly amountRial: bigint;
  readonly iban: string | null;
  readonly state: OrderState;
  readonly confirmedRial: bigint;
  readonly returnedRial: bigint;
};

/**
 * Whether a line is surely the payment of an order: our reference, the whole amount, the bank it was
 * sent to, and no other account than the one that was named. A repayment is sure by the reference and the
 * bank; whether so much is owed, the loan says. Everything else is for a person.
 * @param order the order with the line's reference, if there is one
 * @returns null for a sure match, else why not
 */
export function whyNotSure(
  line: BankLine,
  order: OrderFacts | undefined,
  bankId: string,
): LineWhy | null {
  if (line.fault !== null) return line.fault;
  if (line.reference === '') return 'no_reference';
  if (!order) return 'unknown_reference';
  if (order.bankId !== bankId) return 'other_bank';
  // News that nothing has happened yet does nothing, whatever its amount.
  if (line.kind === 'pending' && line.amountRial === null) return null;
  if (line.amountRial === null) return 'amount_unreadable';
  // A borrower repays any sum, from any account.
  if (line.kind === 'repaid' || isRepaymentReference(line.reference)) return null;
  if (line.amountRial < order.amountRial) return 'partial';
  if (line.amountRial > order.amountRial) return 'over';
  if (line.iban !== null && order.iban !== null && line.iban !== order.iban) return 'wrong_iban';
  return null;
}

/** What a line of a sure match does, given where its order stands and how its payment was confirmed. */
export type Doing = 'pay' | 'take_back' | 'mark_returned' | 'repay' | 'note' | LineWhy;

/**
 * What is to be done for a line that surely belongs to an order. A payment that is told again with the
 * bank's own reference of the first telling (a notification, then the statement) is only noted;
 * with another reference it may be a second payment, and waits.
 * @param confirmedBy the bank's reference under which the order was confirmed, if it was
 */
export function doingOf(
  line: Pick<BankLine, 'kind' | 'bankReference'>,
  order: Pick<OrderFacts, 'state'>,
  confirmedBy: string | null,
): Doing {
  if (line.kind === 'pending') return 'note';
  if (line.kind === 'repaid') return 'repay';
  if (line.kind === 'paid') {
    if (order.state === 'pending') return 'pay';
    if (order.state === 'returned') return 'already_returned';
    return confirmedBy === line.bankReference ? 'note' : 'already_confirmed';
  }
  if (order.state === 'pending') return 'mark_returned';
  return order.state === 'confirmed' ? 'take_back' : 'note';
}

/** The sums of a bank on a day; rial. */
export type BookSums = {
  readonly sentRial: bigint;
  readonly confirmedRial: bigint;
  readonly returnedRial: bigint;
  readonly pendingRial: bigint;
  /** What our ledger says was paid out on the day. */
  readonly ledgerRial: bigint;
  /** What the bank's files say was paid on the day, less what of it came back. */
  readonly bankRial: bigint;
};

/** Whether a day's books close: sent = confirmed + returned + pending, and ledger = bank. */
export function booksClose(sums: BookSums): { readonly orders: boolean; readonly ledger: boolean } {
  const answered = sums.confirmedRial + sums.returnedRial + sums.pendingRial;
  return { orders: sums.sentRial === answered, ledger: sums.ledgerRial === sums.bankRial };
}
