/** The only source of "now": passed as an argument, so that tests and the demonstration set it. */
export interface Clock {
  /** The instant, as JavaScript's Date (milliseconds). */
  now(): Date;
  /** The zone in which a day begins and ends. */
  readonly zone: string;
}

/** Iran's civil time; no daylight saving since 1401 (law of 1401/01/01). */
const tehran = 'Asia/Tehran';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date(), zone: tehran };

/** A clock that stands at `instant` (an ISO timestamp, a Date, or milliseconds) until moved. */
export function fixedClock(
  instant: string | number | Date,
): Clock & { moveTo: (to: Date) => void } {
  let current = new Date(instant);
  return {
    now: () => new Date(current),
    zone: tehran,
    moveTo(to) {
      current = new Date(to);
    },
  };
}
