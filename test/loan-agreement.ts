import { replay } from '../src/financing/loans/schedule.ts';
import { LoanCalculator } from './loan-calculator.ts';
import { randomLoan } from './random-loan.ts';

type Told = { on: string; text: string };

const inDays = (dues: readonly Told[]) => dues.map(({ on, text }) => `${on} ${text}`).sort();

/** The first loans of `count` on which the two calculators differ, with what each says. */
export function disagreements(first: number, count: number): object[] {
  const found: object[] = [];
  for (let seed = first; seed < first + count && found.length < 3; seed += 1) {
    const { terms, events } = randomLoan(seed);
    const loan = replay(terms, events);
    const other = new LoanCalculator(terms);
    for (const event of events) other.take(event);
    const ours = inDays(
      loan.lines.map((line) => ({
        on: line.dueOn,
        text: `${line.principal} ${line.fee} ${line.principalPaid} ${line.feePaid} ${line.others}`,
      })),
    );
    const theirs = inDays(
      other.dues.map((due) => ({
        on: due.on,
        text: `${due.principal} ${due.fee} ${due.gotPrincipal} ${due.gotFee} ${due.others}`,
      })),
    );
    const same = ours.join('\n') === theirs.join('\n') && loan.overpaid === other.tooMuch;
    if (!same) found.push({ seed, terms, events, ours, theirs });
  }
  return found;
}
