import { addDays, addJalaliMonths, isoDate } from '../src/kit/jalali.ts';
import { dayAt, LAST, pickDay, placeFrom } from './calendar.ts';
import {
  type CaseStory,
  type Day,
  findEvent,
  type LifeStage,
  type StoryEvent,
} from './case-story.ts';
import type { PeopleMaker } from './people.ts';
import { type ChainTools, reasonFor } from './permit-chain.ts';
import { WINDOW } from './plan-targets.ts';

/** What the lives of permits draw from. */
export interface LifeTools extends ChainTools {
  readonly people: PeopleMaker;
}

/** How many permits that would go on are stopped, given back, ended or moved: invented. */
const TURNS = { suspend: 5, reinstate: 2, end: 2, move: 4 } as const;
type Turn = keyof typeof TURNS;

/** Days before the end from which renewal can be asked for, as the product's setting has it. */
const NOTICE = 30;

function lastDay(grant: Day, months: number): Day {
  return addDays(addJalaliMonths(grant, months), -1);
}

function continued(story: CaseStory, more: readonly StoryEvent[], stage?: LifeStage): CaseStory {
  const events = [...story.events, ...more].sort((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  );
  return { ...story, events, ...(stage ? { stage } : {}) };
}

/** Asked for some weeks before the end, signed and renewed within days of it. */
function renewal({ random }: LifeTools, until: Day): StoryEvent[] {
  const ask = placeFrom(addDays(until, -random.int(14, 26)));
  return [
    { verb: 'permits.askRenewal', on: dayAt(ask) },
    { verb: 'permits.signRenewal', on: dayAt(ask + random.int(1, 3)) },
    { verb: 'permits.renew', on: dayAt(ask + random.int(4, 6)) },
  ];
}

/** A permit whose last day is in the window: renewed, or expired where nobody asked. */
function ended(tools: LifeTools, story: CaseStory, until: Day): CaseStory {
  const renews = findEvent(story, 'financing.refer') !== undefined || tools.random.chance(0.6);
  if (renews) return continued(story, renewal(tools, until));
  const expire: StoryEvent = { verb: 'permits.expire', on: addDays(until, 1) };
  if (!tools.random.chance(0.25)) return continued(story, [expire], 'expired');
  const on = dayAt(pickDay(tools.random, placeFrom(expire.on), LAST, 'permits'));
  return continued(story, [expire, { verb: 'permits.askRenewal', on }], 'renewal_asked');
}

/** A permit that ends within the notice: of three holders one has asked and one is about to have it. */
function ending({ random }: LifeTools, story: CaseStory, until: Day, nth: number): CaseStory {
  if (nth % 3 === 2) return story;
  const from = placeFrom(addDays(until, -NOTICE));
  const ask = pickDay(random, from, LAST, 'permits');
  const asked: StoryEvent = { verb: 'permits.askRenewal', on: dayAt(ask) };
  if (nth % 3 === 1) return continued(story, [asked], 'renewal_asked');
  const sign: StoryEvent = { verb: 'permits.signRenewal', on: dayAt(Math.min(ask + 2, LAST)) };
  return continued(story, [asked, sign], 'renewal_signed');
}

function turned(tools: LifeTools, story: CaseStory, turn: Turn): CaseStory {
  const { random, people } = tools;
  const first = pickDay(random, LAST - 30, LAST - 14, 'permits');
  const on = dayAt(first);
  if (turn === 'end') {
    const reason = reasonFor(tools, 'permits.end');
    return continued(story, [{ verb: 'permits.end', on, reason }], 'ended');
  }
  if (turn === 'move') {
    const county = tools.reference.counties.find(({ id }) => id === story.household.countyId);
    if (!county) throw new RangeError(`no county ${story.household.countyId}`);
    const household = people.household(county);
    return continued(story, [{ verb: 'permits.changeAddress', on, household }]);
  }
  const suspend: StoryEvent = {
    verb: 'permits.suspend',
    on,
    reason: reasonFor(tools, 'permits.suspend'),
  };
  if (turn === 'suspend') return continued(story, [suspend], 'suspended');
  const reason = reasonFor(tools, 'permits.reinstate');
  const back = dayAt(first + random.int(4, 10));
  return continued(story, [suspend, { verb: 'permits.reinstate', on: back, reason }]);
}

/** The turns in their order, spread over permits that would have gone on undisturbed. */
function turnsOf(tools: LifeTools, cases: readonly CaseStory[]): Map<CaseStory, Turn> {
  const before = dayAt(LAST - 45);
  const own = cases.filter((story) => {
    const grant = findEvent(story, 'permits.grant');
    return story.fate === 'issued' && story.kind === 'independent' && grant && grant.on < before;
  });
  const drawn = tools.random.shuffle(own);
  const turns = (Object.keys(TURNS) as Turn[]).flatMap((turn) =>
    Array.from({ length: TURNS[turn] }, () => turn),
  );
  return new Map(
    turns.flatMap((turn, at) => {
      const story = drawn[at];
      return story ? [[story, turn] as const] : [];
    }),
  );
}

/**
 * What becomes of permits after their issue: those that end in the window are renewed or expire, some
 * are about to be renewed, a few are suspended, moved or ended. Adds nothing to any published figure.
 */
export function tellLives(tools: LifeTools, cases: readonly CaseStory[]): CaseStory[] {
  const months = new Map(tools.reference.occupations.map((one) => [one.id, one.validityMonths]));
  const untilOf = (story: CaseStory): Day | undefined => {
    const grant = findEvent(story, 'permits.grant');
    if (!grant || story.fate === 'revoked') return undefined;
    return lastDay(grant.on, months.get(story.occupationId) ?? 0);
  };
  const windowEnd = isoDate(WINDOW.to);
  const lasting = cases.filter((story) => (untilOf(story) ?? '') > addDays(windowEnd, NOTICE));
  const turns = turnsOf(tools, lasting);
  let nth = 0;
  return cases.map((story) => {
    const turn = turns.get(story);
    if (turn) return turned(tools, story, turn);
    const until = untilOf(story);
    if (until === undefined || until > addDays(windowEnd, NOTICE)) return story;
    if (until < windowEnd) return ended(tools, story, until);
    if (findEvent(story, 'financing.refer')) return story;
    nth += 1;
    return ending(tools, story, until, nth);
  });
}
