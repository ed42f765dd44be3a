import { type PermitState, statesWithPermit } from './rules.ts';

type Branch = {
  /** What it is a part of; absent for the whole. */
  readonly parent?: string;
  readonly states: readonly PermitState[];
  /** States of the plan; null stands for a case that was never referred. Absent = whatever it is. */
  readonly plans?: readonly (string | null)[];
};

const begun: readonly PermitState[] = [
  ...(['submitted', 'clearance', 'needs_correction', 'agency_signed', 'objected'] as const),
  ...(['refused', 'upheld', 'withdrawn'] as const),
  ...statesWithPermit,
];
const over: readonly PermitState[] = ['revoked', 'ended'];
const standing = statesWithPermit.filter((state) => !over.includes(state));
const atBank = ['referred', 'file_opened', 'contracted'];
const lost = ['returned', 'refused', 'withdrawn'];

/**
 * Where cases have come: each branch divides into parts that leave nothing out and overlap nowhere, so that the
 * parts of a stream always add up to it. A case stands where it is now, whenever it got there.
 */
const flowBranches = {
  begun: { states: begun },
  underReview: { parent: 'begun', states: begun.slice(0, 5) },
  refused: { parent: 'begun', states: ['refused', 'upheld'] },
  withdrawn: { parent: 'begun', states: ['withdrawn'] },
  permitted: { parent: 'begun', states: statesWithPermit },
  permitOver: { parent: 'permitted', states: over },
  notReferred: { parent: 'permitted', states: standing, plans: [null, 'void'] },
  referred: { parent: 'permitted', states: standing, plans: [...atBank, ...lost, 'paying'] },
  paid: { parent: 'referred', states: standing, plans: ['paying'] },
  atBank: { parent: 'referred', states: standing, plans: atBank },
  returned: { parent: 'referred', states: standing, plans: ['returned'] },
  bankRefused: { parent: 'referred', states: standing, plans: ['refused', 'withdrawn'] },
} as const satisfies Readonly<Record<string, Branch>>;

export type FlowBranch = keyof typeof flowBranches;
export const flowBranchNames = Object.keys(flowBranches) as FlowBranch[];

/** A branch, with nothing but what every branch may have. */
export const flowBranch = (name: FlowBranch): Branch => flowBranches[name];
