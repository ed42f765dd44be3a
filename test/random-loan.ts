import type { LoanEvent, LoanTerms, RepayMode } from '../src/financing/loans/schedule.ts';
import { addDays, isoDate } from '../src/kit/jalali.ts';

/** A stream of whole numbers under a bound, the same for the same seed (mulberry32). */
export function numbers(seed: number): (under: number) => number {
  let state = seed >>> 0;
  return (under) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * under);
  };
}

const modes: readonly RepayMode[] = ['instalments', 'instalments', 'shorten', 'lower'];

/** Any loan that could be: its terms, and a few years of what may happen to it. */
export function randomLoan(seed: number): { terms: LoanTerms; events: LoanEvent[] } {
  const next = numbers(seed);
  const terms: LoanTerms = {
    feeBp: [0, 200, 400, 1400, next(2500)][next(5)] ?? 400,
    tenorMonths: 1 + next(next(3) === 0 ? 84 : 36),
    graceMonths: next(13),
    feeInGrace: next(2) === 0,
  };
  let day = addDays(isoDate('2019-03-21'), next(1500));
  const amount = () => BigInt(1 + next(next(4) === 0 ? 1000 : 2_000_000_000));
  const events: LoanEvent[] = [{ kind: 'tranche', on: day, rial: amount() }];
  let fell = false;
  for (let more = next(12); more > 0; more -= 1) {
    day = addDays(day, next(200));
    const kind = next(20);
    if (kind < 3 && !fell) events.push({ kind: 'tranche', on: day, rial: amount() });
    else if (kind === 3 && !fell) {
      events.push({ kind: 'reschedule', on: day, months: 1 + next(48), graceMonths: next(7) });
    } else if (kind === 4 && !fell) {
      events.push({ kind: 'fallDue', on: day });
      fell = true;
    } else {
      const rial = next(6) === 0 ? amount() : BigInt(1 + next(60_000_000));
      events.push({ kind: 'repay', on: day, rial, mode: modes[next(4)] ?? 'instalments' });
    }
  }
  // From a stream of its own: the loans stay those that they were before there were shares.
  const share = numbers(seed + 1_000_003);
  if (share(2) === 0) return { terms, events };
  const government = share(10_001);
  const shares = { government, support_body: share(3) === 0 ? share(10_001 - government) : 0 };
  return { terms: { ...terms, shares }, events };
}
