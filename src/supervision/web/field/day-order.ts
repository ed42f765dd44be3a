import { addDays, type IsoDate } from '../../../kit/jalali.ts';
import { persianCollator } from '../../../kit/persian-text.ts';
import { routeOf, type Spot, soonDays } from '../../route-rules.ts';
import { placeOf } from './draft.ts';
import type { Draft, KeptRecord, Pack, PackVisit } from './shapes.ts';

/** What the phone knows of its owner's visits. */
export type Day = {
  readonly pack: Pack;
  readonly drafts: readonly Draft[];
  /** The newest record of each visit, by the id of its draft. */
  readonly records: ReadonlyMap<string, KeptRecord>;
};

/** A visit as the day's page shows it. */
export type Line = {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly place: string;
  readonly dueOn?: string;
  readonly about?: string;
};

type LabelOf = (label: PackVisit['county']['label']) => string;

/**
 * The visits, and what was begun or finished beside them. By day: as they are due. By way: those that are still
 * to be made in the order of the way, which begins where the phone is, else where the last record was made, else
 * with what is due first; then what was finished.
 */
export function linesOf(day: Day, order: 'day' | { from: Spot | null }, label: LabelOf): Line[] {
  const { pack, drafts, records } = day;
  const known = new Set(pack.visits.map(({ code }) => code));
  const others = [...drafts, ...[...records.values()].map(({ draft }) => draft)];
  const more = new Map(others.filter(({ id }) => !known.has(id)).map((one) => [one.id, one]));
  const unplanned = [...more.values()].map(({ id, name, stage, place }): Line => {
    return { id, name, stage, place };
  });
  if (order === 'day') {
    const all = [...pack.visits.map((visit) => lineOf(visit, label)), ...unplanned];
    return all.toSorted((a, b) => persianCollator.compare(a.dueOn ?? '', b.dueOn ?? ''));
  }
  const ahead = wayOf(day, order.from).map((visit) => lineOf(visit, label));
  const finished = pack.visits.filter(({ code }) => records.has(code));
  const begun = unplanned.filter(({ id }) => !records.has(id));
  const done = unplanned.filter(({ id }) => records.has(id));
  return [...begun, ...ahead, ...finished.map((visit) => lineOf(visit, label)), ...done];
}

function wayOf({ pack, records }: Day, from: Spot | null): PackVisit[] {
  const left = pack.visits.filter(({ code }) => !records.has(code));
  const stops = left.map((visit) => {
    const { address, dueOn, spot = null } = visit;
    return { visit, countyId: visit.county.id, address, dueOn, spot };
  });
  const way = routeOf(stops, addDays(pack.today as IsoDate, soonDays), from ?? lastSpot(records));
  return way.map(({ visit }) => visit);
}

/** Where the newest record that knows its place was made. */
function lastSpot(records: Day['records']): Spot | null {
  const bySeq = [...records.values()].toSorted((a, b) => b.seq - a.seq);
  const answers = bySeq.flatMap(({ draft }) => Object.values(draft.answers));
  return answers.find((answer): answer is Extract<typeof answer, Spot> => isSpot(answer)) ?? null;
}

const isSpot = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'latE6' in answer;

function lineOf(
  { code, name, stage, dueOn, county, address, occupation }: PackVisit,
  label: LabelOf,
): Line {
  const place = placeOf({ county, address }, label);
  return { id: code, name, stage, dueOn, place, about: label(occupation.label) };
}
