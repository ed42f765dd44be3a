import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';

export const deviationStates = [
  'found',
  'heard',
  'proposed',
  'decided',
  'appealed',
  'upheld',
  'overturned',
  'carried_out',
  'void',
] as const;
export type DeviationState = (typeof deviationStates)[number];

/** What can be decided: put right by a day, suspend the permit, recall the loan, bar from further ones. */
export const measures = ['correct', 'suspend', 'recall', 'bar'] as const;
export type Measure = (typeof measures)[number];

/**
 * The state table of a deviation: the holder is heard, the agency proposes, the bank agrees, the holder
 * may appeal, and only then is it carried out. Usual practice, not found in the sources.
 */
export const deviationSteps = defineSteps(deviationStates, {
  'supervision.hear': { from: ['found'], to: 'heard' },
  'supervision.propose': { from: ['heard'], to: 'proposed' },
  'supervision.returnProposal': { from: ['proposed'], to: 'heard' },
  'supervision.agree': { from: ['proposed'], to: 'decided' },
  'supervision.appeal': { from: ['decided'], to: 'appealed' },
  'supervision.upholdMeasure': { from: ['appealed'], to: 'upheld' },
  'supervision.overturnMeasure': { from: ['appealed'], to: 'overturned' },
  'supervision.carryOut': { from: ['decided', 'upheld'], to: 'carried_out' },
});
export type DeviationVerb = keyof typeof deviationSteps.steps;

/** States in which nothing of the plan is paid out. */
export const openDeviationStates: readonly DeviationState[] = [
  ...(['found', 'heard', 'proposed', 'decided', 'appealed', 'upheld'] as const),
];

/**
 * Whether an appeal comes in time, and whether the time for one is over before anything is carried out.
 * @param until the last day for an appeal, ISO
 * @throws Problem `supervision.too_late`, `supervision.appeal_open` (409)
 */
export function checkAppealTime(
  verb: DeviationVerb,
  { state, until }: { state: DeviationState; until: string | null },
  today: string,
): void {
  const last = until ?? '';
  if (verb === 'supervision.appeal' && today > last) {
    throw new Problem('supervision.too_late', { until: last });
  }
  if (verb === 'supervision.carryOut' && state === 'decided' && today <= last) {
    throw new Problem('supervision.appeal_open', { until: last });
  }
}
