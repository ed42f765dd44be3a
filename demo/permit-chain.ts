import { dayAt, LAST, pickDay } from './calendar.ts';
import type { Kind, StoryEvent, Verb } from './case-story.ts';
import type { Fate } from './plan-targets.ts';
import type { Random } from './random.ts';
import type { DemoReason, DemoReference } from './reference.ts';

/** What the makers of events draw from. */
export interface ChainTools {
  readonly random: Random;
  readonly reference: DemoReference;
  /** A permit number that no other permit has. */
  readonly permitNumber: () => string;
}

function drawReason(tools: ChainTools, verb: Verb, kind: Kind): DemoReason {
  const fitting = tools.reference.reasons.filter(
    (reason) => reason.verb === verb && (reason.kind === '' || reason.kind === kind),
  );
  return tools.random.weighted(fitting, (reason) => reason.weight);
}

/** A reason as people write it, by how often it is given for this verb. */
export function reasonFor(tools: ChainTools, verb: Verb): string {
  return drawReason(tools, verb, 'independent').reason;
}

/** Why something is refused, with the number of what is not met. */
export function refusal(
  tools: ChainTools,
  verb: 'permits.refuse' | 'permits.denyClearance',
  kind: Kind,
): { reason: string; conditionNumber: number } {
  const { reason, conditionNumber } = drawReason(tools, verb, kind);
  return { reason, conditionNumber };
}

/**
 * The first events of a case, ending before the working day `end` (a decision): mostly submitted
 * once, for one in six returned for a correction in between.
 */
function submission(tools: ChainTools, end: number): StoryEvent[] {
  const { random } = tools;
  const corrected = end - random.int(1, 4);
  const returned = corrected - random.int(1, 9);
  const first = returned - random.int(1, 6);
  if (first < 0 || !random.chance(1 / 6)) {
    return [{ verb: 'permits.submit', on: dayAt(Math.max(0, end - random.int(2, 11))) }];
  }
  return [
    { verb: 'permits.submit', on: dayAt(first) },
    {
      verb: 'permits.returnForCorrection',
      on: dayAt(returned),
      reason: reasonFor(tools, 'permits.returnForCorrection'),
    },
    { verb: 'permits.correct', on: dayAt(corrected) },
  ];
}

function signed(tools: ChainTools, sign: number): StoryEvent[] {
  return [...submission(tools, sign), { verb: 'permits.sign', on: dayAt(sign) }];
}

/** From the form to the permit, granted on the working day `grant` (at least 2). */
export function grantedChain(tools: ChainTools, grant: number): StoryEvent[] {
  const sign = Math.max(1, grant - tools.random.int(1, 6));
  const permitNumber = tools.permitNumber();
  return [...signed(tools, sign), { verb: 'permits.grant', on: dayAt(grant), permitNumber }];
}

/** A granted permit that was revoked in the last weeks of the window. */
export function revokedChain(tools: ChainTools, grant: number): StoryEvent[] {
  const on = dayAt(LAST - tools.random.int(2, 12));
  const reason = reasonFor(tools, 'permits.revoke');
  return [...grantedChain(tools, grant), { verb: 'permits.revoke', on, reason }];
}

/** On which working day a case with a permit was granted it, so that its fate still fits in. */
export function grantDay(random: Random, fate: Fate): number {
  switch (fate) {
    case 'paid':
      return pickDay(random, 8, LAST - 28, 'permits');
    case 'contracted':
      return pickDay(random, LAST - 115, LAST - 30, 'permits');
    case 'file_opened':
      return pickDay(random, LAST - (random.chance(0.6) ? 90 : 190), LAST - 24, 'permits');
    case 'at_bank':
      return random.chance(0.75)
        ? pickDay(random, LAST - 46, LAST - 7, 'permits')
        : pickDay(random, LAST - 200, LAST - 46, 'permits');
    case 'revoked':
      return pickDay(random, 30, 200, 'permits');
    case 'issued':
      return pickDay(random, random.chance(0.2) ? LAST - 26 : 4, LAST, 'permits');
    default:
      return pickDay(random, 8, LAST - 30, 'permits');
  }
}

function waiting(tools: ChainTools): StoryEvent[] {
  const { random } = tools;
  const late = random.chance(0.36);
  const submit = late
    ? pickDay(random, LAST - 60, LAST - 13, 'permits')
    : pickDay(random, LAST - 11, LAST, 'permits');
  const events = submission(tools, submit);
  return events.length > 1 ? events : [{ verb: 'permits.submit', on: dayAt(submit) }];
}

function needsCorrection(tools: ChainTools): StoryEvent[] {
  const { random } = tools;
  const submit = pickDay(random, LAST - 45, LAST - 5, 'permits');
  const reason = reasonFor(tools, 'permits.returnForCorrection');
  return [
    { verb: 'permits.submit', on: dayAt(submit) },
    { verb: 'permits.returnForCorrection', on: dayAt(submit + random.int(1, 5)), reason },
  ];
}

function refused(tools: ChainTools, kind: Kind): StoryEvent[] {
  const end = pickDay(tools.random, 4, LAST - 1, 'permits');
  const said = refusal(tools, 'permits.refuse', kind);
  return [...submission(tools, end), { verb: 'permits.refuse', on: dayAt(end), ...said }];
}

function withdrawn(tools: ChainTools): StoryEvent[] {
  const end = pickDay(tools.random, 4, LAST - 1, 'permits');
  const reason = reasonFor(tools, 'permits.withdraw');
  return [...submission(tools, end), { verb: 'permits.withdraw', on: dayAt(end), reason }];
}

/** The events of a case that has no permit by the end of the window. */
export function ungrantedChain(tools: ChainTools, fate: Fate, kind: Kind): StoryEvent[] {
  switch (fate) {
    case 'waiting':
      return waiting(tools);
    case 'needs_correction':
      return needsCorrection(tools);
    case 'refused':
      return refused(tools, kind);
    case 'withdrawn':
      return withdrawn(tools);
    default: {
      const late = tools.random.chance(0.3);
      const sign = pickDay(tools.random, LAST - (late ? 30 : 6), LAST - (late ? 7 : 0), 'permits');
      return signed(tools, sign);
    }
  }
}
