import type { AllocationWords } from './fa.ts';

/** The words of allocations, their ceilings and quotas. */
const en: AllocationWords = {
  problems: {
    over_second_loans: {
      title: 'This agency has used its share for second loans.',
      next: 'Left: {leftRial} rial; asked for: {givenRial} rial. Ask for less, or wait for the next allocation.',
    },
    over_approved_cap: {
      title: 'This agency has used its share for the cap of approved occupations.',
      next: 'Left: {leftRial} rial; asked for: {givenRial} rial. Up to the individual cap it can be referred.',
    },
    over_ceiling: {
      title: 'The allocation of {ceiling} is not enough for this plan.',
      next: 'Left: {leftRial} rial; asked for: {givenRial} rial. The director can revise the share.',
    },
    no_allocation: {
      title: 'No allocation is recorded for this credit line on that day.',
      next: 'The director has to record the allocation first: {line}, {day}',
    },
  },
};

export default en;
