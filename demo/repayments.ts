import { replay } from '../src/financing/index.ts';
import { addDays, isoDate } from '../src/kit/jalali.ts';
import { type Rial, rial } from '../src/kit/rial.ts';
import { workingDayFrom } from './calendar.ts';
import { type CaseStory, type Day, type EventOf, eventsOf } from './case-story.ts';
import { TERMS, WINDOW } from './plan-targets.ts';
import type { Random } from './random.ts';

/** How a borrower repays: how many days after each due day, and after how many instalments no more. */
interface Habit {
  readonly late: readonly [number, number];
  readonly stopsAfter: number;
}

const ALWAYS = Number.POSITIVE_INFINITY;

function drawHabit(random: Random): Habit {
  const draw = random.next();
  if (draw < 0.78) return { late: [0, 4], stopsAfter: ALWAYS };
  if (draw < 0.93) return { late: [8, 45], stopsAfter: ALWAYS };
  return { late: [0, 20], stopsAfter: random.int(0, 2) };
}

/** What is due of a loan in the window, by the product's own schedule. */
function dueOf(story: CaseStory): { on: Day; amount: Rial }[] {
  const tranches = eventsOf(story, 'financing.pay').map(({ on, amountRial }) => {
    return { kind: 'tranche', on, rial: amountRial } as const;
  });
  const { lines } = replay(TERMS.repayment, tranches);
  return lines
    .filter(({ dueOn }) => dueOn <= WINDOW.to)
    .map(({ dueOn, principal, fee }) => ({ on: isoDate(dueOn), amount: rial(principal + fee) }));
}

function repayments(random: Random, story: CaseStory, reference: (day: Day) => string) {
  const { late, stopsAfter } = drawHabit(random);
  const events: EventOf<'financing.repay'>[] = [];
  let before: Day | undefined;
  for (const [at, due] of dueOf(story).entries()) {
    if (at >= stopsAfter) break;
    const meant = addDays(due.on, random.int(...late));
    const on = workingDayFrom(before !== undefined && meant < before ? before : meant);
    if (on === undefined) break;
    before = on;
    const bankReference = reference(on);
    events.push({ verb: 'financing.repay', on, amountRial: due.amount, bankReference });
  }
  return events;
}

/** The story with what its borrowers repaid in the window: most in time, some late, some no more. */
export function withRepayments(
  random: Random,
  story: CaseStory,
  reference: (day: Day) => string,
): CaseStory {
  const repaid = repayments(random, story, reference);
  if (repaid.length === 0) return story;
  // Sorting keeps the order of the events of a day.
  const events = [...story.events, ...repaid].sort(
    (a, b) => Number(a.on > b.on) - Number(a.on < b.on),
  );
  return { ...story, events };
}
