import { dayAt, LAST, pickDay } from './calendar.ts';
import type { Day, StoryEvent } from './case-story.ts';
import type { Draft, DraftMaker } from './drafts.ts';
import { type ChainTools, reasonFor, refusal } from './permit-chain.ts';
import { AGENCIES, type AgencyId, STAGE_TARGETS } from './plan-targets.ts';
import type { DemoOccupation } from './reference.ts';

/** A case that is held up on its way to a permit. */
export interface StageCase {
  readonly draft: Draft;
  readonly events: readonly StoryEvent[];
}

type Stage = (typeof STAGE_TARGETS)[number]['fate'];

const ownFood = ({ clearanceIds }: DemoOccupation) =>
  clearanceIds.length === 1 && clearanceIds[0] === 'HEALTH';
const twoBodies = ({ clearanceIds }: DemoOccupation) => clearanceIds.length === 2;
const animals = ({ clearanceIds }: DemoOccupation) =>
  clearanceIds.length === 1 && clearanceIds[0] === 'VET';

/** Every third one waits for two bodies, and every third for the veterinary alone. */
function occupationsFor(stage: Stage, nth: number): (occupation: DemoOccupation) => boolean {
  if (stage === 'clearance') return [ownFood, twoBodies, animals][nth % 3] ?? ownFood;
  if (stage === 'clearance_denied' || stage === 'cleared') return ownFood;
  return ({ clearanceIds }) => clearanceIds.length === 0;
}

function agencyOf(stage: Stage, nth: number): AgencyId {
  const starred = stage === 'clearance' || stage === 'clearance_denied' || stage === 'cleared';
  return starred ? 'AGRI' : (AGENCIES[nth % AGENCIES.length] ?? 'SMT');
}

/** Applied for and put to the bodies; the older ones are over their limit. */
function asked(tools: ChainTools, from: number, to: number): { events: StoryEvent[]; on: number } {
  const submit = pickDay(tools.random, from, to, 'permits');
  const on = submit + tools.random.int(1, 3);
  const events: StoryEvent[] = [
    { verb: 'permits.submit', on: dayAt(submit) },
    { verb: 'permits.askClearance', on: dayAt(on) },
  ];
  return { events, on };
}

function clear(tools: ChainTools, on: Day, body: string): StoryEvent {
  const reference = `${tools.random.int(100, 999)}/${tools.random.int(10_000, 99_999)}`;
  return { verb: 'permits.clear', on, body, reference };
}

function inClearance(tools: ChainTools, { clearanceIds }: DemoOccupation, nth: number) {
  const [from, to] = nth % 4 === 3 ? [LAST - 34, LAST - 26] : [LAST - 14, LAST - 4];
  const { events, on } = asked(tools, from, to);
  const [first, second] = clearanceIds;
  if (first === undefined || second === undefined || nth % 2 === 0) return events;
  const day = dayAt(Math.min(LAST, on + tools.random.int(1, 6)));
  return [...events, clear(tools, day, first)];
}

function answered(tools: ChainTools, stage: Stage): StoryEvent[] {
  const { events, on } = asked(tools, LAST - 30, LAST - 12);
  const day = dayAt(on + tools.random.int(3, 8));
  if (stage === 'cleared') return [...events, clear(tools, day, 'HEALTH')];
  const said = refusal(tools, 'permits.denyClearance', 'independent');
  return [...events, { verb: 'permits.denyClearance', on: day, body: 'HEALTH', ...said }];
}

function appealed(tools: ChainTools, stage: Stage): StoryEvent[] {
  const { random } = tools;
  const fresh = stage === 'objected';
  const refuse = pickDay(random, LAST - (fresh ? 24 : 60), LAST - (fresh ? 10 : 40), 'permits');
  const object = refuse + random.int(2, 8);
  const decide = object + random.int(4, 12);
  const said = (verb: 'permits.object' | 'permits.uphold' | 'permits.overturn', on: number) => {
    return { verb, on: dayAt(on), reason: reasonFor(tools, verb) };
  };
  const events: StoryEvent[] = [
    { verb: 'permits.submit', on: dayAt(refuse - random.int(3, 9)) },
    {
      verb: 'permits.refuse',
      on: dayAt(refuse),
      ...refusal(tools, 'permits.refuse', 'independent'),
    },
    said('permits.object', object),
  ];
  if (fresh) return events;
  if (stage === 'upheld') return [...events, said('permits.uphold', decide)];
  const sign: StoryEvent = { verb: 'permits.sign', on: dayAt(decide + random.int(2, 5)) };
  return [...events, said('permits.overturn', decide), sign];
}

function eventsAt(tools: ChainTools, stage: Stage, occupation: DemoOccupation, nth: number) {
  switch (stage) {
    case 'clearance':
      return inClearance(tools, occupation, nth);
    case 'clearance_denied':
    case 'cleared':
      return answered(tools, stage);
    case 'at_counter': {
      const on = dayAt(pickDay(tools.random, LAST - 9, LAST, 'permits'));
      return [{ verb: 'permits.submit', on, atCounter: true } as const];
    }
    default:
      return appealed(tools, stage);
  }
}

/**
 * Cases that the published account says nothing of: put to a clearing body, refused and objected to,
 * brought to the counter. None has a permit, so no published figure knows of them.
 */
export function tellStages(tools: ChainTools, makers: DraftMaker): StageCase[] {
  return STAGE_TARGETS.flatMap(({ fate, total }) =>
    Array.from({ length: total }, (_, nth): StageCase => {
      const seat = { fate, kind: 'independent', agencyId: agencyOf(fate, nth) } as const;
      const draft = makers.draft(seat, occupationsFor(fate, nth));
      return { draft, events: eventsAt(tools, fate, draft.occupation, nth) };
    }),
  );
}
