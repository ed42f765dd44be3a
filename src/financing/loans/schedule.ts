import { roundDiv } from '../../kit/rial.ts';
import { dueDates, wholeMonths } from './due-dates.ts';
import { type FeeShares, othersPart } from './rules.ts';

/** The terms of a loan, frozen on it when its first tranche is paid. */
export type LoanTerms = {
  /** Yearly fee (karmozd) in basis points of the balance. */
  readonly feeBp: number;
  /** Monthly instalments, counted after the grace. */
  readonly tenorMonths: number;
  readonly graceMonths: number;
  /** Whether the fee runs while nothing is to be repaid. */
  readonly feeInGrace: boolean;
  /** What others bear of the fee; absent where the borrower bears all of it. */
  readonly shares?: FeeShares;
};

/**
 * What a repayment does with what is more than the instalments due: it pays the next instalments,
 * or it is repaid early and shortens the loan, or lowers the instalments.
 */
export const repayModes = ['instalments', 'shorten', 'lower'] as const;
export type RepayMode = (typeof repayModes)[number];

/** What happened to a loan on a day, in the order of days and, within one, of recording. */
export type LoanEvent =
  | { readonly kind: 'tranche'; readonly on: string; readonly rial: bigint }
  | {
      readonly kind: 'repay';
      readonly on: string;
      readonly rial: bigint;
      readonly mode: RepayMode;
    }
  | {
      readonly kind: 'reschedule';
      readonly on: string;
      readonly months: number;
      readonly graceMonths: number;
    }
  /** Recall or death: the whole debt falls due at once. */
  | { readonly kind: 'fallDue'; readonly on: string };

/** One line of a schedule; amounts in rial. An early repayment is a line of its own, number 0. */
export type Line = {
  readonly number: number;
  readonly dueOn: string;
  principal: bigint;
  /** The borrower's part of the fee. */
  fee: bigint;
  /** What others bear of it: theirs to pay, never the borrower's. */
  others: bigint;
  principalPaid: bigint;
  feePaid: bigint;
  /** The day it was paid in full; null while it is not. */
  settledOn: string | null;
};

/** A loan as its events leave it; `overpaid` is what was repaid and not owed. */
export type Loan = { readonly lines: readonly Line[]; readonly overpaid: bigint };

const MONTHS_BP = 120_000n;

/**
 * The fee of an amount repaid in `months` equal monthly parts after `waiting` months in which
 * nothing is repaid: amount × yearly rate × (n + 1) / 24, which is one twelfth of the rate on the
 * balance of each month; the waiting adds one twelfth of the rate for each of its months.
 * [F] pi(n+1)/2400 with i in per cent: parsianhesab.com, «وام بانکی». [I] the waiting.
 */
export function feeOf(amount: bigint, feeBp: number, months: number, waiting: number): bigint {
  const balances = BigInt(months + 1) + 2n * BigInt(waiting);
  return roundDiv(amount * BigInt(feeBp) * balances, 2n * MONTHS_BP);
}

/** An amount in `count` equal parts to the nearest rial; the last takes the rounding. */
export function equalParts(amount: bigint, count: number): bigint[] {
  const each = roundDiv(amount, BigInt(count));
  let left = amount;
  return Array.from({ length: count }, (_, at) => {
    const part = at === count - 1 || left < each ? left : each;
    left -= part;
    return part;
  });
}

/**
 * The schedule of a loan after some events: preview and booking are this one function.
 * Each tranche is spread over the instalments that are still to come when it is paid, so the
 * instalments after a second tranche are the sum of two schedules. A repayment pays the fee of an
 * instalment, then its principal, the oldest instalment first [I]. What is repaid early bears no fee
 * for the months after [I]; Iran's rules for a late-payment penalty are not applied [GK].
 * What others bear of a fee follows that fee: it is divided, moved and forgone as the borrower's part is [I].
 */
export function replay(terms: LoanTerms, events: readonly LoanEvent[]): Loan {
  let lines: Line[] = [];
  let overpaid = 0n;
  for (const event of events) {
    if (event.kind === 'tranche') lines = withTranche(terms, lines, event);
    else if (event.kind === 'repay') {
      const paid = repaid(lines, event);
      lines = paid.lines;
      overpaid += paid.left;
    } else if (event.kind === 'reschedule') lines = rescheduled(terms, lines, event);
    else lines = fallenDue(lines, event.on);
  }
  return { lines, overpaid };
}

type Of<K extends LoanEvent['kind']> = Extract<LoanEvent, { kind: K }>;

function withTranche(terms: LoanTerms, lines: Line[], { on, rial }: Of<'tranche'>): Line[] {
  const coming = lines.filter(({ number, dueOn }) => number > 0 && dueOn > on);
  if (coming.length === 0) {
    const dates = dueDates(on, terms.graceMonths, terms.tenorMonths);
    const fee = feeOf(rial, terms.feeBp, dates.length, terms.feeInGrace ? terms.graceMonths : 0);
    return [...lines, ...spread(dates, charge(terms, rial, fee), lastNumber(lines))];
  }
  const months = wholeMonths(on, coming[0]?.dueOn ?? on);
  const waiting = terms.feeInGrace ? Math.max(0, months - 1) : 0;
  add(coming, charge(terms, rial, feeOf(rial, terms.feeBp, coming.length, waiting)));
  return lines;
}

type Charge = Pick<Line, 'principal' | 'fee' | 'others'>;

/** An amount with its whole fee, divided between the borrower and the others. */
function charge({ shares }: LoanTerms, principal: bigint, wholeFee: bigint): Charge {
  const others = othersPart(shares, wholeFee);
  return { principal, fee: wholeFee - others, others };
}

/** Adds an amount and its fee to lines in equal parts. */
function add(lines: readonly Line[], { principal, fee, others }: Charge): void {
  const [principals, fees] = [equalParts(principal, lines.length), equalParts(fee, lines.length)];
  const parts = others === 0n ? [] : equalParts(others, lines.length);
  for (const [at, line] of lines.entries()) {
    line.principal += principals[at] ?? 0n;
    line.fee += fees[at] ?? 0n;
    line.others += parts[at] ?? 0n;
    if (owed(line) > 0n) line.settledOn = null;
  }
}

function repaid(lines: Line[], { on, rial, mode }: Of<'repay'>): { lines: Line[]; left: bigint } {
  if (mode === 'instalments') return { lines, left: pay(lines, rial, on) };
  const left = pay(lines.filter(isDue(on)), rial, on);
  const coming = lines.filter((line) => line.dueOn > on && owed(line) > 0n);
  const principal = sumOf(coming, principalLeft);
  if (left === 0n || coming.length === 0) return { lines, left };
  const early = least(left, principal);
  const rest = principal - early;
  const months = mode === 'lower' ? coming.length : shorter(coming, rest);
  const fee = scaledFee(coming, feeLeft, rest, months);
  const others = scaledFee(coming, othersOf, rest, months);
  for (const line of coming) freeze(line);
  if (rest > 0n) add(coming.slice(0, months), { principal: rest, fee, others });
  const standing = ended(lines, rest > 0n ? coming.slice(months) : coming, on);
  const prepaid = { ...line(0, on), principal: early, principalPaid: early, settledOn: on };
  return { lines: inOrder([...standing, prepaid]), left: left - early };
}

/**
 * The fee still to come, once part of the principal was repaid early: in proportion to what is left
 * of it, and to the months on average that it is left for.
 */
function scaledFee(
  coming: readonly Line[],
  part: (line: Line) => bigint,
  rest: bigint,
  months: number,
): bigint {
  const principal = sumOf(coming, principalLeft);
  if (principal === 0n) return 0n;
  const fee = sumOf(coming, part) * rest * BigInt(months + 1);
  return roundDiv(fee, principal * BigInt(coming.length + 1));
}

/** In how many instalments, no larger than they were, the rest is repaid. */
function shorter(coming: readonly Line[], rest: bigint): number {
  const [most = 1n] = coming.map(principalLeft).sort((a, b) => (a < b ? 1 : -1));
  const largest = most > 0n ? most : 1n;
  const months = Number((rest + largest - 1n) / largest);
  return Math.max(1, Math.min(coming.length, months));
}

function rescheduled(terms: LoanTerms, lines: Line[], event: Of<'reschedule'>): Line[] {
  const { on, months, graceMonths } = event;
  const principal = sumOf(lines, principalLeft);
  const due = feesDue(lines, on);
  const waiting = terms.feeInGrace ? graceMonths : 0;
  const asked = charge(terms, principal, feeOf(principal, terms.feeBp, months, waiting));
  const whole = { principal, fee: due.fee + asked.fee, others: due.others + asked.others };
  const fresh = spread(dueDates(on, graceMonths, months), whole, lastNumber(lines));
  return inOrder([...allEnded(lines, on), ...fresh]);
}

function fallenDue(lines: Line[], on: string): Line[] {
  const principal = sumOf(lines, principalLeft);
  const { fee, others } = feesDue(lines, on);
  if (principal + fee === 0n) return lines;
  const debt = { ...line(lastNumber(lines) + 1, on), principal, fee, others };
  return inOrder([...allEnded(lines, on), debt]);
}

/** The fee of lines that are due and not paid, and what others bear of it. */
function feesDue(lines: readonly Line[], on: string): Pick<Charge, 'fee' | 'others'> {
  const due = lines.filter((line) => isDue(on)(line) && owed(line) > 0n);
  return { fee: sumOf(due, feeLeft), others: sumOf(due, othersOf) };
}

function allEnded(lines: Line[], on: string): Line[] {
  const open = lines.filter((line) => owed(line) > 0n || line.dueOn > on);
  for (const line of open) freeze(line);
  return ended(lines, open, on);
}

/** What was paid on a line stays on it; what was not is owed on other lines from now on. */
function freeze(line: Line): void {
  // The others' part stays with a line that is paid in full.
  if (owed(line) > 0n) line.others = 0n;
  line.principal = line.principalPaid;
  line.fee = line.feePaid;
}

/** Ends lines: those on which something was paid are due no later than the day, the others go. */
function ended(lines: readonly Line[], over: readonly Line[], on: string): Line[] {
  const ending = new Set(over);
  return lines.flatMap((line) => {
    if (!ending.has(line)) return [line];
    if (line.principal + line.fee + line.others === 0n) return [];
    const dueOn = line.dueOn < on ? line.dueOn : on;
    return [{ ...line, dueOn, settledOn: line.settledOn ?? on }];
  });
}

/** Pays lines in their order, the fee of each before its principal; gives what is left over. */
function pay(lines: readonly Line[], rial: bigint, on: string): bigint {
  let left = rial;
  for (const line of lines) {
    if (left === 0n) break;
    if (owed(line) === 0n) continue;
    const fee = least(left, feeLeft(line));
    const principal = least(left - fee, principalLeft(line));
    line.feePaid += fee;
    line.principalPaid += principal;
    left -= fee + principal;
    if (owed(line) === 0n) line.settledOn = on;
  }
  return left;
}

function spread(dates: readonly string[], whole: Charge, after: number): Line[] {
  const lines = dates.map((dueOn, at) => line(after + at + 1, dueOn));
  add(lines, whole);
  return lines;
}

/** A line on which nothing is asked yet. */
function line(number: number, dueOn: string): Line {
  const nothing = { principal: 0n, fee: 0n, others: 0n, principalPaid: 0n, feePaid: 0n };
  return { number, dueOn, ...nothing, settledOn: null };
}

/** Whether a line is due by a day. */
export const isDue =
  (on: string) =>
  ({ dueOn }: Line): boolean =>
    dueOn <= on;
function least(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
/** Principal of a line that is not paid. */
export const principalLeft = (line: Line): bigint => line.principal - line.principalPaid;
/** Fee of a line that is not paid. */
export const feeLeft = (line: Line): bigint => line.fee - line.feePaid;

/** What others bear of a line's fee. */
const othersOf = (line: Line): bigint => line.others;

/** What is still owed on a line, by the borrower. */
export function owed(line: Line): bigint {
  return principalLeft(line) + feeLeft(line);
}

/** The sum of an amount over lines. */
export function sumOf(lines: readonly Line[], amount: (line: Line) => bigint): bigint {
  let sum = 0n;
  for (const line of lines) sum += amount(line);
  return sum;
}

function lastNumber(lines: readonly Line[]): number {
  return lines.reduce((last, { number }) => Math.max(last, number), 0);
}

function inOrder(lines: Line[]): Line[] {
  return lines.sort((a, b) =>
    a.dueOn === b.dueOn ? a.number - b.number : a.dueOn < b.dueOn ? -1 : 1,
  );
}
