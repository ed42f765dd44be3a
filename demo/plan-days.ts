import { LAST, pickDay } from './calendar.ts';
import type { Kind } from './case-story.ts';
import type { Fate } from './plan-targets.ts';
import type { Random } from './random.ts';

/** When a plan went through its steps, as places in the list of working days. */
export interface PlanDays {
  readonly refer: number;
  readonly openFile?: number;
  readonly contract?: number;
  /** The last step of a plan that the bank returned or refused, or that was withdrawn. */
  readonly close?: number;
  /** Payments inside the window, in order. */
  readonly pays: readonly number[];
  /** In how many tranches the loan is to be paid; more than `pays` when some are still to come. */
  readonly tranches: number;
}

/** The longest a step takes, in working days; the shortest way fits any day a plan may start from. */
interface Pace {
  readonly refer: number;
  readonly openFile: number;
  readonly contract: number;
  readonly pay: number;
}
const USUAL: Pace = { refer: 32, openFile: 13, contract: 14, pay: 16 };
const SHORTEST: Pace = { refer: 2, openFile: 3, contract: 4, pay: 4 };

/** Some banks report nothing between the referral and the payment. */
const SILENT_BANK = 0.08;

/** Whether a day somewhere in this span would still be inside the window: no crowding at its end. */
function fallsInWindow(random: Random, from: number, to: number): boolean {
  return random.int(from, to) <= LAST;
}

function firstPayment(random: Random, grant: number, pace: Pace): Omit<PlanDays, 'tranches'> {
  const refer = pickDay(random, grant + 1, grant + pace.refer, 'permits');
  if (random.chance(SILENT_BANK)) {
    const soonest = refer + 6;
    return { refer, pays: [pickDay(random, soonest, soonest + pace.pay * 2, 'payments')] };
  }
  const openFile = refer + random.int(2, pace.openFile);
  const contract = openFile + random.int(2, pace.contract);
  const pay = pickDay(random, contract + 1, contract + pace.pay, 'payments');
  return { refer, openFile, contract, pays: [pay] };
}

function drawTranches(random: Random, kind: Kind): number {
  const draw = random.next();
  if (kind === 'supporter') return draw < 0.4 ? 1 : draw < 0.78 ? 2 : 3;
  return draw < 0.78 ? 1 : draw < 0.96 ? 2 : 3;
}

/** Later tranches follow the first after about one to four months, as far as the window goes. */
function laterPayments(random: Random, first: number, tranches: number): number[] {
  const pays = [first];
  for (let i = 1; i < tranches; i += 1) {
    const soonest = (pays.at(-1) ?? first) + 22;
    if (!fallsInWindow(random, soonest, soonest + 60)) break;
    pays.push(pickDay(random, soonest, soonest + 60, 'payments'));
  }
  return pays;
}

function paidDays(random: Random, kind: Kind, grant: number): PlanDays {
  let days = firstPayment(random, grant, SHORTEST);
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const tried = firstPayment(random, grant, USUAL);
    const soonestPay = (tried.contract ?? tried.refer + 5) + 1;
    if (!fallsInWindow(random, soonestPay, soonestPay + USUAL.pay)) continue;
    days = tried;
    break;
  }
  const tranches = drawTranches(random, kind);
  return { ...days, pays: laterPayments(random, days.pays[0] ?? LAST, tranches), tranches };
}

/**
 * The steps of a plan referred after its permit was granted on the working day `grant`, up to where
 * its fate leaves it. `grant` must be one that `grantDay` gave for the fate.
 */
export function planDays(random: Random, fate: Fate, kind: Kind, grant: number): PlanDays {
  if (fate === 'paid') return paidDays(random, kind, grant);
  const unpaid = { pays: [], tranches: 1 };
  const refer = Math.min(LAST, pickDay(random, grant + 1, grant + 14, 'permits'));
  if (fate === 'at_bank') return { refer, ...unpaid };
  if (fate === 'returned_by_bank') {
    return { refer, close: Math.min(LAST, refer + random.int(3, 30)), ...unpaid };
  }
  const openFile = Math.min(LAST - 1, refer + random.int(2, 9));
  if (fate === 'file_opened') return { refer, openFile, ...unpaid };
  if (fate === 'contracted') {
    return { refer, openFile, contract: Math.min(LAST, openFile + random.int(2, 12)), ...unpaid };
  }
  return { refer, openFile, close: Math.min(LAST, openFile + random.int(2, 24)), ...unpaid };
}
