import type { Static } from 'typebox';
import { provinceLabel, type Reference } from '../../accounts/index.ts';
import { type IsoDate, monthKey } from '../../kit/jalali.ts';
import type { Database } from '../../platform/database.ts';
import { keysBetween, tellPeriod } from '../answer.ts';
import type { Period } from '../cube.ts';
import type { NationAnswer } from './contract.ts';
import { type Population, populationsOn } from './populations.ts';
import { type ProvinceDays, readNation } from './read.ts';
import {
  nationMeasures,
  type Part,
  rateNames,
  rateOf,
  type Values,
  valuesOfDays,
  wholeOf,
} from './rules.ts';

type Answer = Static<typeof NationAnswer>;

/**
 * The figures of the nation: each province's until its last closed day, their sum, and rates by which provinces of unlike
 * size can be compared.
 * @param homeProvince where the numbers of people are kept
 * @param today ISO: only days before it count as closed
 */
export async function answerNation(
  database: Database,
  reference: Reference,
  homeProvince: number,
  period: Period,
  today: string,
): Promise<Answer> {
  const ids = [...reference.provinces.keys()].sort((a, b) => a - b);
  const known = await populationsOn(database, homeProvince, period.to);
  const read = await readNation(database, ids, period, today);
  const parts = read.map((one) => partOf(one, known));
  return {
    period: tellPeriod(period),
    demonstration: read.some(({ demonstration }) => demonstration),
    measures: [...nationMeasures],
    rates: [...rateNames],
    total: totalOf(parts),
    provinces: parts.map((part, at) => ({
      province: provinceLabel(reference, part.provinceId),
      closed_on: part.closedOn,
      population: known.get(part.provinceId) ?? null,
      values: wire(part.values),
      rates: ratesOf(part, parts),
      months: monthsOf(read[at], period),
    })),
  };
}

function totalOf(parts: readonly Part[]): Answer['total'] {
  const whole = wholeOf(parts);
  const closed = parts.flatMap(({ closedOn }) => closedOn ?? []).sort();
  return {
    provinces: closed.length,
    closed_from: closed[0] ?? null,
    closed_to: closed.at(-1) ?? null,
    people: whole.people,
    values: wire(whole.values),
    rates: ratesOf(whole, parts),
  };
}

function partOf(days: ProvinceDays, known: ReadonlyMap<number, Population>): Part {
  const { provinceId, closedOn, cells } = days;
  const people = known.get(provinceId)?.people ?? null;
  return { provinceId, closedOn, people, values: valuesOfDays(cells) };
}

/** Counts as numbers, rial as a string. */
function wire(values: Values): Answer['total']['values'] {
  const entries = nationMeasures.map((name) => [
    name,
    name === 'rial_paid' ? values[name].toString() : Number(values[name]),
  ]);
  return Object.fromEntries(entries) as Answer['total']['values'];
}

function ratesOf(part: Pick<Part, 'values' | 'people'>, parts: readonly Part[]) {
  const entries = rateNames.map((name) => {
    const rate = rateOf(name, part, parts);
    return [name, rate && { hundredths: rate.hundredths.toString(), standing: rate.standing }];
  });
  return Object.fromEntries(entries) as Answer['total']['rates'];
}

/** A period longer than this is not drawn month by month. */
const mostMonths = 60;

function monthsOf(days: ProvinceDays | undefined, { from, to }: Period) {
  const sums = new Map<string, number>();
  for (const { measure, day, value } of days?.cells ?? []) {
    if (measure !== 'permits_issued') continue;
    const key = monthKey(day as IsoDate);
    sums.set(key, (sums.get(key) ?? 0) + Number(value));
  }
  const keys = keysBetween(from, to, 'month').slice(-mostMonths);
  return keys.map((month) => ({ month, permits_issued: sums.get(month) ?? 0 }));
}
