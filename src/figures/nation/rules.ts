import { roundDiv } from '../../kit/rial.ts';

/** What the nation is counted by: few enough to compare, in the order of a case's way. */
export const nationMeasures = [
  'applications_submitted',
  'permits_issued',
  'plans_referred',
  'plans_funded',
  'rial_paid',
  'jobs_registered',
  'jobs_verified',
] as const;
export type NationMeasure = (typeof nationMeasures)[number];
export type Values = Readonly<Record<NationMeasure, bigint>>;

/** A sum of one measure on one day (ISO). */
export type DayCell = { readonly measure: string; readonly day: string; readonly value: bigint };

/** A province's part of the nation's figures. */
export type Part = {
  readonly provinceId: number;
  /** The last day that it closed, ISO; null where it has closed none, and then nothing of it is counted. */
  readonly closedOn: string | null;
  readonly people: number | null;
  readonly values: Values;
};

type Rate = {
  readonly of: NationMeasure;
  readonly per: NationMeasure | 'people';
  readonly times: bigint;
  /** Whether what is counted comes one by one, so that chance can be reckoned; jobs come by the supporter. */
  readonly single: boolean;
};

/** By what provinces of unlike size are compared. */
export const rates = {
  permits_per_people: { of: 'permits_issued', per: 'people', times: 100_000n, single: true },
  jobs_per_people: { of: 'jobs_registered', per: 'people', times: 100_000n, single: false },
  referred_per_permits: { of: 'plans_referred', per: 'permits_issued', times: 100n, single: true },
  funded_per_referred: { of: 'plans_funded', per: 'plans_referred', times: 100n, single: true },
  jobs_per_funded: { of: 'jobs_registered', per: 'plans_funded', times: 1n, single: false },
  rial_per_funded: { of: 'rial_paid', per: 'plans_funded', times: 1n, single: false },
} as const satisfies Readonly<Record<string, Rate>>;
export type RateName = keyof typeof rates;
export const rateNames = Object.keys(rates) as RateName[];

/**
 * Where a rate stands beside the whole country's: `few` where the country's rate would make fewer than five, of
 * which nothing can be said (the usual rule for a normal approximation); `like` where chance alone would make as much of a difference in
 * nineteen of twenty; null where nothing is reckoned.
 */
export type Standing = 'few' | 'like' | 'above' | 'below' | null;

/** A rate in hundredths, exact but for its rounding, and where it stands; null without what it is reckoned by. */
export type RateValue = { readonly hundredths: bigint; readonly standing: Standing } | null;

const zero = Object.fromEntries(nationMeasures.map((name) => [name, 0n])) as Values;

/** The sum of parts, measure by measure. */
export function sumValues(parts: readonly Values[]): Values {
  const sum = { ...zero };
  for (const part of parts) for (const name of nationMeasures) sum[name] += part[name];
  return sum;
}

/** The values of some days together. */
export function valuesOfDays(cells: readonly DayCell[]): Values {
  const sum: Record<string, bigint> = { ...zero };
  for (const { measure, value } of cells) sum[measure] = (sum[measure] ?? 0n) + value;
  return sum as Values;
}

/** The whole: of provinces that have closed a day; of people only where all of these are known. */
export function wholeOf(parts: readonly Part[]): Pick<Part, 'values' | 'people'> {
  const counted = parts.filter(({ closedOn }) => closedOn !== null);
  const known = counted.every(({ people }) => people !== null) && counted.length > 0;
  const people = counted.reduce((sum, part) => sum + (part.people ?? 0), 0);
  return { values: sumValues(counted.map(({ values }) => values)), people: known ? people : null };
}

/** Those whose people are known, as a whole of their own: what a rate per people is held against. */
function wholeFor(rate: Rate, parts: readonly Part[]): Pick<Part, 'values' | 'people'> {
  return wholeOf(rate.per === 'people' ? parts.filter(({ people }) => people !== null) : parts);
}

const baseOf = ({ per }: Rate, part: Pick<Part, 'values' | 'people'>): bigint | null =>
  per === 'people' ? (part.people === null ? null : BigInt(part.people)) : part.values[per];

/** A rate of one province beside all of them; of the whole itself when `part` is the whole. */
export function rateOf(
  name: RateName,
  part: Pick<Part, 'values' | 'people'>,
  parts: readonly Part[],
): RateValue {
  const rate: Rate = rates[name];
  const base = baseOf(rate, part);
  if (base === null || base <= 0n) return null;
  const hundredths = roundDiv(part.values[rate.of] * rate.times * 100n, base);
  return { hundredths, standing: standingOf(rate, part, wholeFor(rate, parts)) };
}

/** By Poisson's law: as many as the country's rate would make, give or take twice (1.96 times) its root. */
function standingOf(
  rate: Rate,
  part: Pick<Part, 'values' | 'people'>,
  whole: Pick<Part, 'values' | 'people'>,
): Standing {
  const [base, all] = [baseOf(rate, part), baseOf(rate, whole)];
  if (!rate.single || base === null || all === null || all <= 0n || base === all) return null;
  const expected = (Number(whole.values[rate.of]) * Number(base)) / Number(all);
  if (expected < 5) return 'few';
  const beyond = Number(part.values[rate.of]) - expected;
  if (Math.abs(beyond) <= 1.96 * Math.sqrt(expected)) return 'like';
  return beyond > 0 ? 'above' : 'below';
}
