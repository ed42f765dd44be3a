import type { Reference } from '../../src/accounts/index.ts';
import { PROVINCE_ID } from '../plan-targets.ts';
import { makeRandom } from '../random.ts';

/** What one province of the invented country is like. */
export type Size = {
  readonly provinceId: number;
  readonly cases: number;
  /** How much likelier than in the story a case of each outcome is: so that provinces differ. */
  readonly leaning: Readonly<Record<Outcome, number>>;
};

/** What became of the people of a pattern: whether a loan was paid, a permit given, or neither. */
export type Outcome = 'funded' | 'permitted' | 'other';

/**
 * How many cases each province but the story's own has, of so many together: by the number of its counties, which is known, as
 * how many people it has is not; what rounding leaves goes to the largest remainders. Invented, as the leanings are.
 */
export function sizesOf(reference: Reference, cases: number): Size[] {
  const counties = Map.groupBy(reference.counties.values(), (county) => county.province_id);
  const ids = [...reference.provinces.keys()]
    .filter((id) => id !== PROVINCE_ID)
    .sort((a, b) => a - b);
  const weightOf = (id: number) => counties.get(id)?.length ?? 0;
  const all = ids.reduce((sum, id) => sum + weightOf(id), 0);
  const parts = ids.map((id) => {
    const share = cases * weightOf(id);
    return { id, whole: Math.floor(share / all), remainder: share % all };
  });
  const left = cases - parts.reduce((sum, { whole }) => sum + whole, 0);
  const byRemainder = [...parts].sort((a, b) => b.remainder - a.remainder);
  for (const part of byRemainder.slice(0, left)) part.whole += 1;
  return parts.map(({ id, whole }) => ({ provinceId: id, cases: whole, leaning: leaningOf(id) }));
}

function leaningOf(provinceId: number): Size['leaning'] {
  const random = makeRandom(`country/${provinceId}`);
  const around = (spread: number) => 1 + spread * (2 * random.next() - 1);
  return { funded: around(0.4), permitted: around(0.2), other: around(0.4) };
}
