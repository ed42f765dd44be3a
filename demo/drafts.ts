import type { DemoHousehold, DemoPerson, Kind } from './case-story.ts';
import type { PeopleMaker } from './people.ts';
import {
  AGENCIES,
  type AgencyId,
  FATE_TARGETS,
  type Fate,
  type FateTarget,
  FUNDED_SUPPORTERS,
  PUBLISHED,
  splitByAgency,
} from './plan-targets.ts';
import type { Random } from './random.ts';
import type { CountyShare, DemoOccupation, DemoReference } from './reference.ts';

/** Who applies, where and for what: a case before anything has happened to it. */
export interface Draft {
  readonly fate: Fate;
  readonly kind: Kind;
  readonly agencyId: AgencyId;
  readonly occupation: DemoOccupation;
  readonly county: CountyShare;
  readonly person: DemoPerson;
  readonly household: DemoHousehold;
}

type Seat = Pick<Draft, 'fate' | 'kind' | 'agencyId'>;

function seatsOf(target: FateTarget): Seat[] {
  const paid = target.fate === 'paid';
  const all = paid ? PUBLISHED.plansFundedByAgency : splitByAgency(target.total);
  const supporters = paid ? FUNDED_SUPPORTERS : splitByAgency(target.supporters);
  const covered = splitByAgency(target.covered);
  return AGENCIES.flatMap((agencyId) =>
    Array.from({ length: all[agencyId] }, (_, i): Seat => {
      const { fate } = target;
      if (i < supporters[agencyId]) return { fate, kind: 'supporter', agencyId };
      const isCovered = i < supporters[agencyId] + covered[agencyId];
      return { fate, kind: isCovered ? 'covered' : 'independent', agencyId };
    }),
  );
}

/** Makes cases out of seats: a county by size, an occupation by demand, a person for it. */
export interface DraftMaker {
  /** A case of an agency, anywhere in the province, in an occupation that fits. */
  draft(seat: Seat, fits?: (occupation: DemoOccupation) => boolean): Draft;
  /** A case of someone covered by a supporter: the same occupation and, mostly, the same county. */
  coveredBy(supporter: Draft): Draft;
}

/** A maker of cases that answers the same for the same stream. */
export function makeDraftMaker(
  random: Random,
  people: PeopleMaker,
  reference: DemoReference,
): DraftMaker {
  const fill = (seat: Seat, county: CountyShare, occupation: DemoOccupation): Draft => {
    const sex = random.chance(occupation.womenShare) ? 'female' : 'male';
    const person = people.person(county, sex, true);
    return { ...seat, occupation, county, person, household: people.household(county) };
  };
  const anyCounty = () => random.weighted(reference.counties, (county) => county.weight);
  return {
    draft: (seat, fits = () => true) => {
      const occupations = reference.occupations.filter(
        (occupation) =>
          occupation.agencyId === seat.agencyId &&
          fits(occupation) &&
          (seat.kind !== 'supporter' || occupation.supportable),
      );
      return fill(
        seat,
        anyCounty(),
        random.weighted(occupations, (one) => one.weight),
      );
    },
    coveredBy: ({ agencyId, county, occupation }) => {
      const seat: Seat = { fate: 'issued', kind: 'covered', agencyId };
      return fill(seat, random.chance(0.88) ? county : anyCounty(), occupation);
    },
  };
}

/** The cases that stand on their own, in the order of the targets; covered people come later. */
export function listSeats(): Seat[] {
  return FATE_TARGETS.flatMap(seatsOf);
}
