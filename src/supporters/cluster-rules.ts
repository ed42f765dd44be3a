/** A step of a cluster's way: its number, its phase, and whether it is the memorandum with a driver firm. */
export type ClusterStep = {
  readonly step: number;
  readonly phase: 'find' | 'empower' | 'link';
  readonly memorandum: boolean;
};

/**
 * The national plan of Jahad Daneshgahi: three phases of twelve steps, from finding a place's advantage
 * through empowering its people to linking them to a market by a memorandum with a driver firm (inhb.ir,
 * hmd.acecr.ac.ir). That there are twelve is found; how they fall to the phases, and the words for each,
 * are assumed.
 */
export const clusterSteps: readonly ClusterStep[] = Array.from({ length: 12 }, (_, at) => {
  const step = at + 1;
  const phase = step <= 4 ? 'find' : step <= 8 ? 'empower' : 'link';
  return { step, phase, memorandum: step === 10 };
});
