import type { Role } from '../src/platform/policy.ts';
import { type CaseStory, eventsOf } from './case-story.ts';
import { type Fate, PROVINCE_ID } from './plan-targets.ts';
import { readDemoRows } from './reference.ts';

/** Every member of staff signs in with this one. Only a demonstration has it. */
export const CAST_PASSWORD = 'karkhaneh-1400';

/** Someone to sign in as: staff by user name and password, a citizen by a code sent to the mobile. */
export type CastMember =
  | {
      readonly role: Exclude<Role, 'citizen'>;
      readonly username: string;
      readonly password: string;
      readonly nameFa: string;
      readonly nameEn: string;
      readonly organisationId: string;
      readonly provinceId: number;
    }
  | {
      readonly role: 'citizen';
      readonly mobile: string;
      readonly nameFa: string;
      readonly nameEn: string;
      readonly organisationId: null;
      readonly provinceId: number;
      readonly nationalId: string;
      readonly caseId: string;
      /** Where this citizen's case stands. */
      readonly fate: Fate;
    };

type Staff = Exclude<CastMember, { role: 'citizen' }>;

function readStaff(): Staff[] {
  return readDemoRows('cast').map((row) => ({
    role: row.role as Staff['role'],
    username: row.username ?? '',
    password: CAST_PASSWORD,
    nameFa: row.name_fa ?? '',
    nameEn: row.name_en ?? '',
    organisationId: row.organisation_id ?? '',
    provinceId: PROVINCE_ID,
  }));
}

/** The day of the last thing that happened to a case itself; a visit is somebody's look at it. */
function lastOn({ events }: CaseStory): string {
  return events.findLast(({ verb }) => !verb.startsWith('supervision.'))?.on ?? '';
}

/** The last of the cases in time that fits: what has just happened is what one wants to show. */
function latest(cases: readonly CaseStory[], fits: (story: CaseStory) => boolean): CaseStory[] {
  let found: CaseStory | undefined;
  for (const story of cases) {
    if (!fits(story)) continue;
    if (!found || lastOn(story) > lastOn(found)) found = story;
  }
  return found ? [found] : [];
}

/** The supporter that one can sign in as: the last whose people are at work. */
export function shownSupporter(cases: readonly CaseStory[]): CaseStory | undefined {
  const [story] = latest(cases, (one) => {
    const atWork = eventsOf(one, 'employment.register').some(({ on }) => on < '2022-05-01');
    return one.kind === 'supporter' && atWork;
  });
  return story;
}

/** One of that supporter's people at work, with a permit of their own. */
export function shownCovered(cases: readonly CaseStory[]): CaseStory | undefined {
  const supporter = shownSupporter(cases);
  if (!supporter) return undefined;
  const working = eventsOf(supporter, 'employment.register').map(({ person }) => person.nationalId);
  return cases.find(({ kind, person }) => {
    return kind === 'covered' && person.mobile && working.includes(person.nationalId);
  });
}

function castCitizen({ person, caseId, fate }: CaseStory): CastMember[] {
  const { mobile, nationalId, firstName, lastName, nameEn } = person;
  if (!mobile) return [];
  const nameFa = `${firstName} ${lastName}`;
  const organisationId = null;
  const provinceId = PROVINCE_ID;
  return [
    {
      role: 'citizen',
      mobile,
      nameFa,
      nameEn,
      organisationId,
      provinceId,
      nationalId,
      caseId,
      fate,
    },
  ];
}

/**
 * The people one can sign in as: one for every desk, and seven applicants: one with a form to correct,
 * one who waits for a clearance, one who was refused and can object, one who has just got the permit,
 * one paid in tranches, one supporter, and one whom that supporter covers.
 */
export function makeCast(cases: readonly CaseStory[]): CastMember[] {
  const own = cases.filter((story) => story.kind === 'independent');
  const shown = [
    ...latest(own, (story) => story.fate === 'needs_correction' && story.agencyId === 'SMT'),
    ...latest(own, (story) => story.fate === 'clearance' && story.events.length === 2),
    ...latest(own, (story) => story.fate === 'refused' && story.agencyId === 'SMT'),
    ...latest(own, ({ fate, stage, agencyId }) => {
      return fate === 'issued' && stage === undefined && agencyId === 'HERITAGE';
    }),
    ...latest(own, (story) => {
      const relatives = eventsOf(story, 'employment.register').length > 1;
      return relatives && eventsOf(story, 'financing.pay').length > 1;
    }),
    ...[shownSupporter(cases)].flatMap((story) => story ?? []),
    ...[shownCovered(cases)].flatMap((story) => story ?? []),
  ];
  return [...readStaff(), ...shown.flatMap(castCitizen)];
}
