import { GregorianCalendar, PersianCalendar, parseDate, toCalendar } from '@internationalized/date';
import type { LoanEvent, LoanTerms } from '../src/financing/loans/schedule.ts';

/** Something that is to be paid on a day; what was repaid early is one that was asked of nobody. */
export type Due = {
  on: string;
  readonly early: boolean;
  principal: bigint;
  fee: bigint;
  gotPrincipal: bigint;
  gotFee: bigint;
  /** Of the fee, what is not the borrower's to pay. */
  others: bigint;
};

const persian = new PersianCalendar();
const gregorian = new GregorianCalendar();
const calendarKnown = new Map<string, string>();

/** The same day of a Jalali month `n` months later, by another calendar than the product's. */
function later(iso: string, n: number): string {
  const key = `${iso} ${n}`;
  const known = calendarKnown.get(key);
  if (known) return known;
  const day = toCalendar(parseDate(iso), persian).add({ months: n });
  const text = toCalendar(day, gregorian).toString();
  calendarKnown.set(key, text);
  return text;
}

/** A fraction to the nearest whole, a half upwards; neither part is negative. */
function whole(top: bigint, bottom: bigint): bigint {
  const floor = top / bottom;
  return (top % bottom) * 2n >= bottom ? floor + 1n : floor;
}

function smaller(one: bigint, other: bigint): bigint {
  if (one < other) return one;
  return other;
}

function nothingDue(on: string): Due {
  const got = { gotPrincipal: 0n, gotFee: 0n };
  return { on, early: false, principal: 0n, fee: 0n, others: 0n, ...got };
}

/** The fee month by month: a twelfth of the yearly rate on what is out in each month. */
function feeByMonths(amount: bigint, bp: number, months: number, waiting: number): bigint {
  const parts = BigInt(months);
  let balances = 0n; // in amounts × parts
  for (let month = 0; month < waiting; month += 1) balances += amount * parts;
  for (let month = 0; month < months; month += 1) balances += amount * (parts - BigInt(month));
  return whole(balances * BigInt(bp), parts * 120_000n);
}

/**
 * A second calculator of loans, written apart from the product's: it lives through the months one by
 * one, reckons with fractions and has its calendar from elsewhere. Both must agree to the rial.
 */
export class LoanCalculator {
  dues: Due[] = [];
  tooMuch = 0n;
  readonly #terms: LoanTerms;

  constructor(terms: LoanTerms) {
    this.#terms = terms;
  }

  take(event: LoanEvent): void {
    switch (event.kind) {
      case 'tranche':
        this.#lend(event.on, event.rial);
        break;
      case 'repay':
        this.tooMuch += this.#receive(event.on, event.rial, event.mode);
        break;
      case 'reschedule':
        this.#again(event.on, event.months, event.graceMonths);
        break;
      default:
        this.#atOnce(event.on);
    }
  }

  #lend(on: string, amount: bigint): void {
    const { feeBp, tenorMonths, graceMonths, feeInGrace } = this.#terms;
    let ahead = this.dues.filter((due) => !due.early && due.on > on);
    let waiting = 0;
    if (ahead.length === 0) {
      ahead = this.#ask(on, graceMonths, tenorMonths);
      waiting = graceMonths;
    } else {
      const first = ahead[0]?.on ?? on;
      while (later(on, waiting + 2) <= first) waiting += 1;
    }
    const fee = feeByMonths(amount, feeBp, ahead.length, feeInGrace ? waiting : 0);
    this.#share(ahead, amount, 'principal');
    this.#shareFee(ahead, fee);
  }

  #ask(on: string, grace: number, months: number): Due[] {
    const fresh: Due[] = [];
    for (let month = 1; month <= months; month += 1) {
      fresh.push(nothingDue(later(on, grace + month)));
    }
    this.dues.push(...fresh);
    return fresh;
  }

  /** A whole fee: what the others bear of it is taken out, the borrower's is the rest. */
  #shareFee(dues: readonly Due[], fee: bigint): void {
    let bp = 0;
    for (const part of Object.values(this.#terms.shares ?? {})) bp += part;
    const others = whole(fee * BigInt(bp), 10_000n);
    this.#share(dues, fee - others, 'fee');
    this.#share(dues, others, 'others');
  }

  #share(dues: readonly Due[], amount: bigint, what: 'principal' | 'fee' | 'others'): void {
    const each = whole(amount, BigInt(dues.length));
    let shared = 0n;
    dues.forEach((due, at) => {
      const isLast = at + 1 === dues.length;
      const part = isLast || shared + each > amount ? amount - shared : each;
      due[what] += part;
      shared += part;
    });
  }

  #receive(on: string, amount: bigint, mode: string): bigint {
    let money = amount;
    const inTime = [...this.dues].sort((a, b) => Number(a.on > b.on) - Number(a.on < b.on));
    for (const due of inTime) {
      if (mode !== 'instalments' && due.on > on) continue;
      const [fee, principal] = [due.fee - due.gotFee, due.principal - due.gotPrincipal];
      const toFee = smaller(money, fee);
      due.gotFee += toFee;
      money -= toFee;
      const toPrincipal = smaller(money, principal);
      due.gotPrincipal += toPrincipal;
      money -= toPrincipal;
    }
    return mode === 'instalments' || money === 0n ? money : this.#early(on, money, mode);
  }

  #early(on: string, money: bigint, mode: string): bigint {
    const ahead = this.dues.filter((due) => due.on > on && this.#left(due) > 0n);
    if (ahead.length === 0) return money;
    const outOf = (dues: readonly Due[]) =>
      dues.reduce((sum, due) => sum + due.principal - due.gotPrincipal, 0n);
    const fees = ahead.reduce((sum, due) => sum + due.fee - due.gotFee, 0n);
    const before = outOf(ahead);
    const used = smaller(money, before);
    const after = before - used;
    let months = ahead.length;
    if (mode === 'shorten') {
      let largest = 1n;
      for (const due of ahead) if (outOf([due]) > largest) largest = outOf([due]);
      months = 1;
      while (largest * BigInt(months) < after && months < ahead.length) months += 1;
    }
    const borne = ahead.reduce((sum, due) => sum + due.others, 0n);
    for (const due of ahead) this.#stop(due);
    if (after > 0n) {
      const kept = ahead.slice(0, months);
      const scale = BigInt(months + 1);
      this.#share(kept, after, 'principal');
      this.#share(kept, whole(fees * after * scale, before * BigInt(ahead.length + 1)), 'fee');
      const ofOthers = whole(borne * after * scale, before * BigInt(ahead.length + 1));
      this.#share(kept, ofOthers, 'others');
      this.#leave(ahead.slice(months), on);
    } else this.#leave(ahead, on);
    const early = {
      on,
      early: true,
      principal: used,
      fee: 0n,
      gotPrincipal: used,
      gotFee: 0n,
      others: 0n,
    };
    this.dues.push(early);
    return money - used;
  }

  #again(on: string, months: number, grace: number): void {
    const principal = this.dues.reduce((sum, due) => sum + due.principal - due.gotPrincipal, 0n);
    const old = this.dues
      .filter((due) => due.on <= on)
      .reduce((sum, due) => sum + due.fee - due.gotFee, 0n);
    const borne = this.#borneLate(on);
    this.#endAll(on);
    const waiting = this.#terms.feeInGrace ? grace : 0;
    const fee = feeByMonths(principal, this.#terms.feeBp, months, waiting);
    const fresh = this.#ask(on, grace, months);
    this.#share(fresh, principal, 'principal');
    // One sum of each kind, so that each is rounded once.
    const sums = nothingDue(on);
    this.#shareFee([sums], fee);
    this.#share(fresh, old + sums.fee, 'fee');
    this.#share(fresh, borne + sums.others, 'others');
  }

  #atOnce(on: string): void {
    const principal = this.dues.reduce((sum, due) => sum + due.principal - due.gotPrincipal, 0n);
    const old = this.dues
      .filter((due) => due.on <= on)
      .reduce((sum, due) => sum + due.fee - due.gotFee, 0n);
    if (principal + old === 0n) return;
    const others = this.#borneLate(on);
    this.#endAll(on);
    this.dues.push({ ...nothingDue(on), principal, fee: old, others });
  }

  /** What others bear on dues that the borrower is late with. */
  #borneLate(on: string): bigint {
    let sum = 0n;
    for (const due of this.dues) if (due.on <= on && this.#left(due) > 0n) sum += due.others;
    return sum;
  }

  #endAll(on: string): void {
    const open = this.dues.filter((due) => this.#left(due) > 0n || due.on > on);
    for (const due of open) this.#stop(due);
    this.#leave(open, on);
  }

  #stop(due: Due): void {
    if (this.#left(due) > 0n) due.others = 0n;
    due.principal = due.gotPrincipal;
    due.fee = due.gotFee;
  }

  #leave(dues: readonly Due[], on: string): void {
    for (const due of dues) if (due.on > on) due.on = on;
    this.dues = this.dues.filter(
      (due) => !dues.includes(due) || due.gotPrincipal + due.gotFee + due.others > 0n,
    );
  }

  #left(due: Due): bigint {
    return due.principal + due.fee - due.gotPrincipal - due.gotFee;
  }
}
