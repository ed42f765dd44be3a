import { generateNationalId } from '../src/kit/identifiers.ts';
import { toPersianDigits } from '../src/kit/persian-text.ts';
import { birthDate } from './calendar.ts';
import type { Area, DemoHousehold, DemoPerson, Sex } from './case-story.ts';
import type { Random } from './random.ts';
import { type CountyShare, type DemoNames, type Origin, readNames } from './reference.ts';

/** Serials of the invented national IDs: the top of each prefix, so that they are known at sight. */
const SERIALS = { from: 990_000, to: 999_999 } as const;
/** Subscriber numbers 0914 000 xxxx: 914 is the province's own, and 000 is not given out. */
const MOBILE_BLOCK = '0914000';

/** Invents people and households; no national ID and no mobile comes out twice. */
export interface PeopleMaker {
  /** A grown person of a county; with `mobile` for someone who applies. */
  person(county: CountyShare, sex: Sex, mobile?: boolean): DemoPerson;
  /** A grown member of the same household: a brother or sister, a child, a wife or husband. */
  relative(of: DemoPerson, county: CountyShare): DemoPerson;
  /** Where a household lives. */
  household(county: CountyShare): DemoHousehold;
}

function pickOrigin(random: Random, county: CountyShare): Origin {
  const draw = random.next();
  if (draw < county.azeriNames) return 'azeri';
  return draw < county.azeriNames + county.kurdishNames ? 'kurdish' : 'common';
}

/** Four in ten names are of the region, the others are common to the country. */
function pickName<T extends { origin: Origin }>(
  random: Random,
  from: readonly T[],
  region: Origin,
) {
  const origin = random.chance(0.4) ? region : 'common';
  return random.pick(from.filter((name) => name.origin === origin));
}

function makeNationalIds(random: Random): (county: CountyShare) => string {
  const used = new Set<string>();
  return (county) => {
    for (;;) {
      const prefix = random.pick(county.idPrefixes);
      const id = generateNationalId(prefix, random.int(SERIALS.from, SERIALS.to));
      if (used.has(id)) continue;
      used.add(id);
      return id;
    }
  };
}

function makeMobiles(random: Random): () => string {
  const endings = random.shuffle(Array.from({ length: 10_000 }, (_, i) => i));
  return () => `${MOBILE_BLOCK}${String(endings.pop()).padStart(4, '0')}`;
}

function makeHousehold(random: Random, county: CountyShare, names: DemoNames): DemoHousehold {
  const area: Area = random.chance(county.ruralShare) ? 'rural' : 'urban';
  const parts: Record<string, string> = {
    county: county.nameFa,
    street: random.pick(names.streets),
    village: random.pick(names.villages),
    alley: toPersianDigits(String(random.int(1, 48))),
    number: toPersianDigits(String(random.int(1, 120))),
  };
  const pattern = area === 'urban' ? names.urbanAddress : names.ruralAddress;
  const address = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
  return { countyId: county.id, area, address };
}

/** A maker of people that answers the same for the same stream. */
export function makePeople(random: Random, names: DemoNames = readNames()): PeopleMaker {
  const nationalId = makeNationalIds(random.fork('national-ids'));
  const mobileNumber = makeMobiles(random.fork('mobiles'));
  const invent = (county: CountyShare, sex: Sex, age: number, mobile: boolean): DemoPerson => {
    const region = pickOrigin(random, county);
    const given = (of: Sex, not?: string) => {
      const fitting = names.given.filter((name) => name.sex === of && name.fa !== not);
      return pickName(random, fitting, region);
    };
    const [first, family] = [given(sex), pickName(random, names.family, region)];
    return {
      nationalId: nationalId(county),
      idKind: 'national',
      firstName: first.fa,
      lastName: family.fa,
      fatherName: given('male', first.fa).fa,
      birthOn: birthDate(random, age),
      sex,
      ...(mobile ? { mobile: mobileNumber() } : {}),
      nameEn: `${first.en} ${family.en}`,
      demonstration: true,
    };
  };
  const person = (county: CountyShare, sex: Sex, mobile = false) =>
    invent(county, sex, Math.round(20 + 36 * random.next() ** 1.4), mobile);
  return {
    person,
    relative: (of, county) => joinFamily(random, of, (sex, age) => invent(county, sex, age, false)),
    household: (county) => makeHousehold(random, county, names),
  };
}

/** Gives someone the family's name where a brother, a sister or a man's child would carry it. */
function joinFamily(
  random: Random,
  of: DemoPerson,
  invent: (sex: Sex, age: number) => DemoPerson,
): DemoPerson {
  const ageOf = 1400 - jalaliYearOfBirth(of);
  const tie = random.weighted(['partner', 'sibling', 'child'] as const, (name) =>
    name === 'child' ? (ageOf >= 42 ? 3 : 0) : name === 'partner' ? 4 : 3,
  );
  if (tie === 'partner') {
    return invent(of.sex === 'female' ? 'male' : 'female', Math.max(20, ageOf + random.int(-4, 6)));
  }
  const sex = random.chance(0.62) ? 'female' : 'male';
  const age =
    tie === 'child' ? random.int(18, ageOf - 22) : Math.max(18, ageOf + random.int(-8, 8));
  const member = invent(sex, age);
  const familyEn = of.nameEn.slice(of.nameEn.indexOf(' ') + 1);
  const firstEn = member.nameEn.slice(0, member.nameEn.indexOf(' '));
  if (tie === 'child' && of.sex === 'female') return member;
  return {
    ...member,
    lastName: of.lastName,
    fatherName: tie === 'child' ? of.firstName : of.fatherName,
    nameEn: `${firstEn} ${familyEn}`,
  };
}

function jalaliYearOfBirth(person: DemoPerson): number {
  return Number(person.birthOn.slice(0, 4)) - 621;
}
