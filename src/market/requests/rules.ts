import { Problem } from '../../kit/problem.ts';
import { defineSteps } from '../../kit/steps.ts';

export const requestStates = ['open', 'filled', 'cancelled'] as const;
export type RequestState = (typeof requestStates)[number];

/** The state table of a request that several makers fill together. */
export const requestSteps = defineSteps(requestStates, {
  'market.askMakers': { from: [null], to: 'open' },
  'market.acceptPledges': { from: ['open'], to: 'filled' },
  'market.cancelRequest': { from: ['open'], to: 'cancelled' },
});

/** What a pledge is held against. */
export type Asked = {
  readonly mostRial: bigint | null;
  readonly neededBy: string;
  readonly closesOn: string;
  readonly state: string;
};

/**
 * Whether a maker may pledge so: while the request takes pledges, not dearer and not later than was asked.
 * @throws Problem `market.request_over` (409), `market.dearer_than_asked`, `market.later_than_asked` (422)
 */
export function checkPledge(
  { mostRial, neededBy, closesOn, state }: Asked,
  { eachRial, readyOn }: { readonly eachRial: bigint; readonly readyOn: string },
  today: string,
): void {
  if (state !== 'open' || today > closesOn) throw new Problem('market.request_over');
  if (mostRial !== null && eachRial > mostRial) throw new Problem('market.dearer_than_asked');
  if (readyOn > neededBy) throw new Problem('market.later_than_asked', { day: neededBy });
}

/** A part of a pledge that the buyer would take. */
export type Taken = { readonly id: string; readonly quantity: number };

/**
 * Whether a set of parts may be accepted together: each once, of a pledge that stands, no more than was pledged,
 * and all of them no more than was asked.
 * @returns how many they are in all
 * @throws Problem `market.pledge_gone` (409), `market.more_than_pledged`, `market.more_than_asked` (422)
 */
export function checkTaken(
  asked: number,
  standing: ReadonlyMap<string, number>,
  taken: readonly Taken[],
): number {
  const ids = new Set(taken.map(({ id }) => id));
  if (ids.size < taken.length) throw new Problem('market.more_than_pledged');
  for (const { id, quantity } of taken) {
    const pledged = standing.get(id);
    if (pledged === undefined) throw new Problem('market.pledge_gone');
    if (quantity > pledged) throw new Problem('market.more_than_pledged');
  }
  const sum = taken.reduce((all, { quantity }) => all + quantity, 0);
  if (sum > asked) throw new Problem('market.more_than_asked', { asked });
  return sum;
}
