import { chanceOf } from '../platform/chance.ts';

/** What makes a plan worth a look; every sign that is there counts its points. */
export const signs = [
  'amount',
  'supporter',
  'arrears',
  'finding',
  'home',
  'mobile',
  'iban',
  'far',
] as const;
export type Sign = (typeof signs)[number];

/** A plan that could be drawn, with the signs that it shows. */
export type Candidate = {
  readonly planId: string;
  readonly caseId: string;
  readonly countyId: number;
  readonly signs: readonly Sign[];
};

/** A candidate with its points; chosen by them, by chance, or not at all. */
export type Drawn = Candidate & {
  readonly points: number;
  readonly chosen: 'risk' | 'chance' | null;
};

/** Points by sign, as the setting `supervision.sample_points` has them: `amount:2 arrears:3 …`. */
export function readPoints(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split(' ').map((pair): [string, number] => {
      const [sign = '', points = ''] = pair.split(':');
      return [sign, Number(points)];
    }),
  );
}

/**
 * Draws a sample: those with most points first, then so many of the rest by chance. The same seed, points
 * and candidates give the same sample on every machine: chance is the order of sha256(seed, plan).
 */
export function drawSample(
  candidates: readonly Candidate[],
  points: ReadonlyMap<string, number>,
  { seed, byRisk, byChance }: { seed: string; byRisk: number; byChance: number },
): Drawn[] {
  const pointed = candidates.map((one) => ({
    ...one,
    points: one.signs.reduce((sum, sign) => sum + (points.get(sign) ?? 0), 0),
    chance: chanceOf(seed, one.planId),
  }));
  const ranked = pointed.sort((a, b) => b.points - a.points || (a.chance < b.chance ? -1 : 1));
  // Nobody is drawn by risk who shows none.
  const risky = ranked.slice(0, byRisk).filter((one) => one.points > 0);
  const rest = ranked.slice(risky.length).sort((a, b) => (a.chance < b.chance ? -1 : 1));
  const lucky = rest.slice(0, byChance);
  const told = (one: (typeof pointed)[number], chosen: Drawn['chosen']): Drawn => {
    const { chance: _chance, ...candidate } = one;
    return { ...candidate, chosen };
  };
  return [
    ...risky.map((one) => told(one, 'risk')),
    ...lucky.map((one) => told(one, 'chance')),
    ...rest.slice(byChance).map((one) => told(one, null)),
  ];
}

/**
 * Gives visits to people: a county's go to one of them, the largest county first, each to whoever has
 * least to do by then, so that nobody crosses the province and nobody is buried.
 * @param load how many visits each has already, by account id; not empty
 * @returns account ids by the visits' ids
 */
export function shareOut(
  visits: readonly { readonly id: string; readonly countyId: number }[],
  load: ReadonlyMap<string, number>,
): Map<string, string> {
  const left = new Map(load);
  const counties = [...Map.groupBy(visits, ({ countyId }) => countyId)];
  const given = new Map<string, string>();
  for (const [, group] of counties.sort(([a, x], [b, y]) => y.length - x.length || a - b)) {
    const [least] = [...left].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1));
    if (!least) continue;
    left.set(least[0], least[1] + group.length);
    for (const { id } of group) given.set(id, least[0]);
  }
  return given;
}
