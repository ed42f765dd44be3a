import { type Rial, rialFromToman } from '../src/kit/rial.ts';
import type { Kind } from './case-story.ts';
import { AGENCIES, type AgencyId, PAID_MILLION_TOMAN, TERMS } from './plan-targets.ts';
import type { Random } from './random.ts';

/** What is known of a plan before its money: amounts here are whole millions of toman. */
export interface LoanShape {
  readonly agencyId: AgencyId;
  readonly kind: Kind;
  /** People the plan is to employ; for a supporter, those covered. */
  readonly people: number;
  /** Payments inside the window; 0 for a plan that was not paid. */
  readonly pays: number;
  readonly tranches: number;
}

/** The money of one plan. */
export interface Loan {
  readonly requested: Rial;
  readonly approved: Rial;
  /** One amount per payment inside the window. */
  readonly paid: readonly Rial[];
}

/** Loans people ask for, in millions of toman, and how often, by agency. */
const SIZES = [10, 15, 20, 25, 30, 35, 40, 45, 50];
const SIZE_WEIGHTS: Readonly<Record<AgencyId, readonly number[]>> = {
  SMT: [1, 3, 9, 8, 18, 8, 16, 4, 22],
  AGRI: [3, 5, 12, 8, 20, 5, 8, 2, 8],
  CULTURE: [6, 10, 18, 10, 14, 3, 3, 1, 3],
  HERITAGE: [3, 6, 12, 8, 20, 5, 8, 2, 8],
};
/** What a supporter borrows for each person covered, in millions of toman. */
const PER_PERSON: Readonly<Record<AgencyId, number>> = {
  SMT: 24,
  AGRI: 15,
  CULTURE: 10,
  HERITAGE: 15,
};
const ROUND = 5;

const millions = (amount: number): Rial => rialFromToman(BigInt(amount) * 1_000_000n);

/** The most that the terms of the time allow this plan, in millions of toman. */
export function loanCap(shape: Pick<LoanShape, 'kind' | 'people'>): number {
  return shape.kind === 'supporter'
    ? Math.min(TERMS.supporterCap, shape.people * TERMS.individualCap)
    : TERMS.individualCap;
}

function drawSize(random: Random, shape: LoanShape): number {
  if (shape.kind !== 'supporter') {
    const weights = SIZE_WEIGHTS[shape.agencyId];
    const at = random.weighted([...SIZES.keys()], (i) => weights[i] ?? 0);
    return SIZES[at] ?? ROUND;
  }
  const each = PER_PERSON[shape.agencyId] * random.pick([0.6, 0.8, 1, 1, 1.2, 1.5]);
  const size = Math.round((each * shape.people) / ROUND) * ROUND;
  return Math.min(loanCap(shape), Math.max(ROUND * 6, size));
}

/** The part of a loan that falls inside the window, in round amounts. */
function share(amount: number, shape: LoanShape): number {
  if (shape.pays >= shape.tranches) return amount;
  return Math.max(ROUND, Math.floor((amount * shape.pays) / shape.tranches / ROUND) * ROUND);
}

/**
 * Moves randomly chosen amounts up or down, five million at a time and the last by what is left,
 * until they add up to `target`. Each stays at or under the cap and above a floor worth lending.
 */
function meetTotal(random: Random, shapes: readonly LoanShape[], paid: number[], target: number) {
  let missing = target - paid.reduce((sum, amount) => sum + amount, 0);
  for (let tries = 0; missing !== 0; tries += 1) {
    if (tries > 200_000) throw new RangeError(`loans cannot add up to ${target} million toman`);
    const at = random.int(0, paid.length - 1);
    const [shape, amount] = [shapes[at], paid[at]];
    if (!shape || amount === undefined) continue;
    const step = Math.sign(missing) * Math.min(ROUND, Math.abs(missing));
    const moved = amount + step;
    const floor = shape.kind === 'supporter' ? share(shape.people * 6, shape) : ROUND * shape.pays;
    if (moved > share(loanCap(shape), shape) || moved < floor) continue;
    paid[at] = moved;
    missing -= step;
  }
}

function splitTranches(random: Random, paid: number, pays: number): Rial[] {
  const parts: number[] = [];
  let left = paid;
  for (let i = pays; i > 1; i -= 1) {
    const part = Math.max(1, Math.round((left / i) * (1 + random.int(0, 2) / 10)));
    parts.push(part);
    left -= part;
  }
  return [...parts, left].map(millions);
}

function askFor(random: Random, approved: number, shape: LoanShape): number {
  const more = random.chance(0.62) ? 0 : random.pick([5, 10, 15]);
  const asked = Math.ceil(approved / ROUND) * ROUND + more * (shape.kind === 'supporter' ? 4 : 1);
  return Math.min(loanCap(shape), asked);
}

function toLoan(random: Random, shape: LoanShape, paid: number): Loan {
  const whole = Math.min(loanCap(shape), Math.round((paid * shape.tranches) / shape.pays));
  return {
    requested: millions(askFor(random, whole, shape)),
    approved: millions(whole),
    paid: splitTranches(random, paid, shape.pays),
  };
}

/**
 * Loans for all plans, in the order given. What is paid in the window adds up to each agency's
 * published amount; the other plans have only what they ask for and may get.
 */
export function drawLoans(random: Random, shapes: readonly LoanShape[]): Loan[] {
  const loans = new Map<LoanShape, Loan>();
  for (const agency of AGENCIES) {
    const funded = shapes.filter((shape) => shape.agencyId === agency && shape.pays > 0);
    const paid = funded.map((shape) => share(drawSize(random, shape), shape));
    meetTotal(random, funded, paid, PAID_MILLION_TOMAN[agency]);
    for (const [i, shape] of funded.entries())
      loans.set(shape, toLoan(random, shape, paid[i] ?? 0));
  }
  return shapes.map((shape) => {
    const known = loans.get(shape);
    if (known) return known;
    const size = drawSize(random, shape);
    return { requested: millions(askFor(random, size, shape)), approved: millions(size), paid: [] };
  });
}
