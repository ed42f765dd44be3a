import { persianCollator, searchKey } from '../kit/persian-text.ts';

/** A position in millionths of a degree. */
export type Spot = { readonly latE6: number; readonly lonE6: number };

/** A home to look in at. */
export type Stop = {
  readonly countyId: string;
  readonly address: string | null;
  /** The last day for it, ISO. */
  readonly dueOn: string;
  /** Where somebody stood who was there before; null when nobody was. */
  readonly spot: Spot | null;
};

/** What is due within so many days is gone to before anything that can wait longer. */
export const soonDays = 7;

/** Longer tours are not put right stretch by stretch: a day has a dozen visits, a pack at most 200. */
const mostTurned = 250;

/** Metres between two positions on a round earth of 6,371 km; good to a metre in 10 km. */
export function metresBetween(a: Spot, b: Spot): number {
  const radians = Math.PI / 180 / 1e6;
  const [dLat, dLon] = [(b.latE6 - a.latE6) * radians, (b.lonE6 - a.lonE6) * radians];
  const around = Math.cos(((a.latE6 + b.latE6) / 2) * radians);
  return 6_371_000 * Math.hypot(dLat, dLon * around);
}

/**
 * The order in which stops are gone to: first what is due by a day, then the rest; in each, one county after the
 * other, the one that is due first before the others; in a county, village after village by the shortest way found
 * between the positions that are known. A home that nobody has been to stands in the middle of the known ones of
 * its village, else of its county; where none is known, addresses alone decide.
 * @param soonBy ISO day: `soonDays` from today
 * @param from where the way begins; without it, with what is due first
 * @returns the same stops, each once
 */
export function routeOf<S extends Stop>(
  stops: readonly S[],
  soonBy: string,
  from: Spot | null = null,
): S[] {
  const order: S[] = [];
  let at = from;
  for (const band of [true, false]) {
    const counties = Map.groupBy(
      stops.filter(({ dueOn }) => dueOn <= soonBy === band),
      ({ countyId }) => countyId,
    );
    for (const county of byFirstDue([...counties.values()])) {
      const way = wayThrough(county, at);
      order.push(...way.map(({ stop }) => stop));
      at = way.findLast(({ spot }) => spot !== null)?.spot ?? at;
    }
  }
  return order;
}

const firstDue = (stops: readonly Stop[]) => stops.map(({ dueOn }) => dueOn).sort()[0] ?? '';

function byFirstDue<S extends Stop>(counties: readonly (readonly S[])[]): (readonly S[])[] {
  return counties.toSorted((a, b) => firstDue(a).localeCompare(firstDue(b)));
}

/** The village or quarter of an address: what stands before its second comma. */
function localityOf({ address }: Stop): string {
  return searchKey((address ?? '').split(/[،,]/).slice(0, 2).join(' '));
}

type Placed<S> = { readonly stop: S; readonly spot: Spot | null };

/** The stops of one county as one way. */
function wayThrough<S extends Stop>(county: readonly S[], from: Spot | null): Placed<S>[] {
  const sorted = county.toSorted(
    (a, b) => persianCollator.compare(a.address ?? '', b.address ?? '') || compare(a, b),
  );
  const villages = Map.groupBy(sorted, localityOf);
  const middle = middleOf(sorted);
  const placed = [...villages.values()].flatMap((village) => {
    const near = middleOf(village) ?? middle;
    return village.map((stop) => ({ stop, spot: stop.spot ?? near }));
  });
  const known = placed.filter(isPlaced);
  const unknown = placed.filter(({ spot }) => spot === null);
  return [...shortened(nearestNext(known, from), from), ...unknown];
}

const compare = (a: Stop, b: Stop) => a.dueOn.localeCompare(b.dueOn);

type Known<S> = { readonly stop: S; readonly spot: Spot };

const isPlaced = <S>(one: Placed<S>): one is Known<S> => one.spot !== null;

function middleOf(stops: readonly Stop[]): Spot | null {
  const spots = stops.flatMap(({ spot }) => spot ?? []);
  if (spots.length === 0) return null;
  const mean = (values: readonly number[]) =>
    Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  return { latE6: mean(spots.map((s) => s.latE6)), lonE6: mean(spots.map((s) => s.lonE6)) };
}

/** From each stop to the nearest that is left; the first is the nearest to the start, else what is due first. */
function nearestNext<S extends Stop>(stops: readonly Known<S>[], from: Spot | null): Known<S>[] {
  const left = [...stops];
  const way: Known<S>[] = [];
  let at = from;
  while (left.length > 0) {
    const next = at === null ? indexOfLeast(left, dueDay) : indexOfNearest(left, at);
    const [stop] = left.splice(next, 1);
    if (!stop) break;
    way.push(stop);
    at = stop.spot;
  }
  return way;
}

const dueDay = ({ stop }: Known<Stop>) => Date.parse(stop.dueOn);
const indexOfNearest = (left: readonly Known<Stop>[], at: Spot) =>
  indexOfLeast(left, ({ spot }) => metresBetween(at, spot));

function indexOfLeast<T>(items: readonly T[], of: (item: T) => number): number {
  let least = 0;
  for (const [index, item] of items.entries()) if (of(item) < of(items[least] as T)) least = index;
  return least;
}

/** Turns stretches of a way round as long as that makes it shorter (2-opt); its end is open. */
function shortened<S>(given: readonly Known<S>[], from: Spot | null): Known<S>[] {
  const way = [...given];
  if (way.length > mostTurned) return way;
  const first = from === null ? 1 : 0;
  for (let round = 0, better = true; better && round < way.length; round += 1) {
    better = false;
    for (let i = first; i < way.length - 1; i += 1) {
      for (let j = i + 1; j < way.length; j += 1) {
        if (gainOfTurning(way, i, j, from) <= 0.5) continue;
        way.splice(i, j - i + 1, ...way.slice(i, j + 1).reverse());
        better = true;
      }
    }
  }
  return way;
}

/** The metres that are saved when the stretch from i to j is gone the other way round. */
function gainOfTurning<S>(
  way: readonly Known<S>[],
  i: number,
  j: number,
  from: Spot | null,
): number {
  const before = i === 0 ? from : (way[i - 1]?.spot ?? null);
  const after = way[j + 1]?.spot ?? null;
  const [head, tail] = [way[i]?.spot ?? null, way[j]?.spot ?? null];
  const metres = (a: Spot | null, b: Spot | null) => (a && b ? metresBetween(a, b) : 0);
  return metres(before, head) + metres(tail, after) - metres(before, tail) - metres(head, after);
}

/** The whole length of a way, metres; stops without a position are left out. */
export function lengthOf(way: readonly Pick<Stop, 'spot'>[]): number {
  const spots = way.flatMap(({ spot }) => spot ?? []);
  return spots.reduce((sum, spot, at) => {
    const before = spots[at - 1];
    return before ? sum + metresBetween(before, spot) : sum;
  }, 0);
}
