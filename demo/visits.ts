import { addDays, daysBetween, isoDate } from '../src/kit/jalali.ts';
import { workingDayFrom } from './calendar.ts';
import {
  type CaseStory,
  type Day,
  type EventOf,
  eventsOf,
  findEvent,
  type StoryEvent,
} from './case-story.ts';
import { WINDOW } from './plan-targets.ts';
import type { Random } from './random.ts';
import { readDemoText } from './reference.ts';

type Stage = 'before' | 'during' | 'after';
type Deviation = 'closed' | 'moved' | 'used_otherwise';
type Answers = Readonly<Record<string, string | number>>;

/** What visits say in words: invented. */
const words = JSON.parse(readDemoText('visits.json')) as {
  readonly needs: readonly string[];
  readonly sells: readonly string[];
  readonly corrections: readonly string[];
  readonly deviations: Readonly<Record<Deviation, string>>;
};

const END: Day = isoDate(WINDOW.to);
/** The product's limit after the last payment, by its setting. */
const AFTER_DAYS = 90;
/** Of the visits that wait at the end of the story, those that the inspector goes to. */
const FIELD_SHARE = 0.16;

/** A working day in the first half of what lies between two days; the later one where there is none. */
function between(random: Random, from: Day, to: Day): Day {
  const meant = addDays(from, random.int(0, Math.floor(Math.max(daysBetween(from, to), 0) / 2)));
  const on = workingDayFrom(meant);
  return on !== undefined && on <= to ? on : to;
}

function answersOf(random: Random, story: CaseStory, stage: Stage, on: Day): Answers {
  if (stage === 'before') {
    const skill = random.chance(0.9) ? 'yes' : 'learning';
    return { place_exists: 'yes', skill, needs: random.pick(words.needs), neighbours: 'no' };
  }
  const atWork = eventsOf(story, 'employment.register').filter((job) => job.on <= on).length;
  const workers = Math.max(1, atWork);
  if (stage === 'after') return { works: 'yes', workers, sells: random.pick(words.sells) };
  return { bought: 'yes', bought_what: random.pick(words.needs), started: 'yes', workers };
}

/** Those of the trade look before and during, the province's inspector after the money. */
const visitorOf = (stage: Stage) => (stage === 'after' ? 'inspector' : 'expert');

function assigned(stage: Stage, on: Day): EventOf<'supervision.assign'> {
  return { verb: 'supervision.assign', on, stage, to: visitorOf(stage) };
}

function passed(
  random: Random,
  story: CaseStory,
  stage: Stage,
  on: Day,
): EventOf<'supervision.pass'> {
  const answers = answersOf(random, story, stage, on);
  return { verb: 'supervision.pass', on, stage, by: visitorOf(stage), answers };
}

/** A visit that finds all in order, in the first half of the time it has. */
function visit(random: Random, story: CaseStory, stage: Stage, from: Day, to: Day): StoryEvent[] {
  const on = between(random, from, to);
  return [assigned(stage, from), passed(random, story, stage, on)];
}

function deviation(random: Random, on: Day): StoryEvent[] {
  const kind = random.pick<Deviation>(['closed', 'moved', 'used_otherwise']);
  const note = words.deviations[kind];
  const answers = { works: 'no', paused_why: note, workers: 0 };
  const by = visitorOf('after');
  const found = { stage: 'after', by, answers, note, deviation: kind } as const;
  return [{ verb: 'supervision.findDeviation', on, ...found }];
}

/** An order to correct, and the second look that finds it done, where it falls into the window. */
function correction(random: Random, story: CaseStory, on: Day): StoryEvent[] {
  const answers = answersOf(random, story, 'after', on);
  const found = { stage: 'after', by: visitorOf('after'), answers } as const;
  const note = random.pick(words.corrections);
  const again = workingDayFrom(addDays(on, random.int(14, 28)));
  const order: StoryEvent = { verb: 'supervision.orderCorrection', on, ...found, note };
  return again === undefined ? [order] : [order, passed(random, story, 'after', again)];
}

/** A visit that the inspector has still to make; some of them on the spot, in the first days after the story. */
function inField(draw: number): StoryEvent {
  const visit = assigned('after', END);
  if (draw > FIELD_SHARE) return visit;
  return { ...visit, inFieldBy: addDays(END, 1 + Math.floor((draw / FIELD_SHARE) * 3)) };
}

/** What the visit after the last payment came to, where its day is in the window. */
function after(random: Random, story: CaseStory, last: Day): StoryEvent[] {
  const on = workingDayFrom(addDays(last, random.int(30, AFTER_DAYS - 4)));
  const draw = random.next();
  if (on === undefined) {
    const soon = addDays(last, 30) <= END && draw < 0.5;
    return soon ? [inField(draw)] : [];
  }
  // Some were never seen; the clock says so.
  if (draw < 0.05) return [];
  const from = assigned('after', workingDayFrom(addDays(last, 28)) ?? on);
  if (draw < 0.065) return [from, ...deviation(random, on)];
  if (draw < 0.095) return [from, ...correction(random, story, on)];
  return [from, passed(random, story, 'after', on)];
}

/** What the visits of a contracted plan have come to by the end: some free the money, some are on the way. */
function waiting(random: Random, story: CaseStory, stage: Stage, from: Day): StoryEvent[] {
  const draw = random.next();
  if (draw < 0.4) return visit(random, story, stage, from, END);
  return draw < 0.75 ? [assigned(stage, from)] : [];
}

/** What is left of a plan to be paid, by its contract or, where no contract was told, by its request. */
function isUnpaid(story: CaseStory): boolean {
  const paid = eventsOf(story, 'financing.pay').reduce((sum, pay) => sum + pay.amountRial, 0n);
  const whole =
    findEvent(story, 'financing.contract')?.approvedRial ??
    findEvent(story, 'financing.refer')?.requestedRial ??
    0n;
  return paid < whole;
}

/**
 * The story with its visits: each tranche that was paid has passed its gate before, and most plans were
 * looked at after. A stream of their own, so that everything else is as it was.
 */
export function withVisits(random: Random, story: CaseStory): CaseStory {
  const refer = findEvent(story, 'financing.refer');
  const pays = eventsOf(story, 'financing.pay');
  const contract = findEvent(story, 'financing.contract');
  if (!refer || (pays.length === 0 && story.fate !== 'contracted')) return story;
  const told = new Map<StoryEvent, StoryEvent[]>();
  const first = contract ?? pays[0];
  if (pays.length > 0 && first) told.set(first, visit(random, story, 'before', refer.on, first.on));
  for (const [at, pay] of pays.entries()) {
    const before = pays[at - 1];
    if (before)
      told.set(
        pay,
        visit(random, story, 'during', workingDayFrom(addDays(before.on, 1)) ?? pay.on, pay.on),
      );
  }
  const events = story.events.flatMap((event) => [...(told.get(event) ?? []), event]);
  const last = pays.at(-1);
  const end =
    last === undefined
      ? waiting(random, story, 'before', contract?.on ?? refer.on)
      : isUnpaid(story)
        ? waiting(random, story, 'during', last.on)
        : after(random, story, last.on);
  // Sorting keeps the order of the events of a day.
  const all = [...events, ...end].sort((a, b) => Number(a.on > b.on) - Number(a.on < b.on));
  return { ...story, events: all };
}
