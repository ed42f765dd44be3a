import { nameKey, type Reference } from '../../src/accounts/index.ts';
import { generateNationalId, makePermitNumber } from '../../src/kit/identifiers.ts';
import { compactKey } from '../../src/kit/persian-text.ts';
import { makeRandom, type Random } from '../random.ts';
import { readNames } from '../reference.ts';
import type { Bundle } from './bundles.ts';
import type { Size } from './sizes.ts';

/** A county as rows name it. */
type County = { readonly id: string; readonly name: string; readonly key: string };

/** One telling of a bundle: what is written where the bundle's own names stand. */
export type Copy = {
  readonly home: Home;
  readonly bundle: number;
  /** Of all copies in the country. */
  readonly serial: number;
  readonly high: number;
  readonly low: number;
  readonly county: County;
  /** Number in the country of the bundle's first person. */
  readonly person: number;
  /** Number in the province of the bundle's first permit. */
  readonly permit: number;
  readonly sexes: readonly string[];
};

const names = readNames();
const given = {
  female: names.given.filter(({ sex }) => sex === 'female').map(({ fa }) => fa),
  male: names.given.filter(({ sex }) => sex === 'male').map(({ fa }) => fa),
};
const family = names.family.map(({ fa }) => fa);
const keys = new Map<string, string>();

function keyOf(first: string, last: string): string {
  const known = keys.get(`${first} ${last}`);
  if (known !== undefined) return known;
  const key = nameKey(first, last);
  keys.set(`${first} ${last}`, key);
  return key;
}

/** A number's own number below `most`, so that neighbours are not alike. */
const scattered = (n: number, salt: number, most: number) =>
  ((Math.imul(n + salt, 2_654_435_761) >>> 0) % 1_000_003) % most;

/**
 * National IDs of the country's invented people: valid by their digit, from the serials 900000 to 989999 of every office, above
 * which are the story's own. 89 million of them; they may be real people's, as every number may.
 */
function nationalIdOf(n: number): string {
  const prefix = 1 + (n % 999);
  const serial = 900_000 + Math.floor(n / 999);
  if (serial > 989_999) throw new RangeError('more people than there are numbers for them');
  return generateNationalId(String(prefix).padStart(3, '0'), serial);
}

/** A province that copies are written for. */
export class Home {
  readonly provinceText: string;
  readonly #provinceId: number;
  readonly #mask: number;

  constructor(provinceId: number) {
    this.#provinceId = provinceId;
    this.provinceText = String(provinceId);
    this.#mask = provinceId + 1;
  }

  /** The id here of what a province has once: another in each province. */
  ownId(id: string): string {
    const last = Number.parseInt(id.slice(28), 16) ^ (this.#mask << 20);
    return id.slice(0, 28) + (last >>> 0).toString(16).padStart(8, '0');
  }

  /** The sign-in name here of somebody at a desk of the story's province. */
  username(name: string): string {
    return `${name}-${this.provinceText.padStart(2, '0')}`;
  }

  permitNumber(n: number): string {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE((BigInt(n) * 387_420_489n + 123_456_789n) % 1_000_000_000n);
    return makePermitNumber(this.#provinceId, () => bytes);
  }

  person(n: number, what: 'nationalId' | 'first' | 'last' | 'key', sex: string): string {
    if (what === 'nationalId') return nationalIdOf(n);
    const from = sex === 'male' ? given.male : given.female;
    const first = from[scattered(n, 17, from.length)] ?? '';
    const last = family[scattered(n, 91, family.length)] ?? '';
    return what === 'first' ? first : what === 'last' ? last : keyOf(first, last);
  }
}

/** How far the country has been numbered. */
export type Numbering = { serial: number; person: number };

type Counted = {
  readonly people: number;
  readonly permits: number;
  readonly sexes: readonly string[];
};

/** What is told in one province: which bundles, where, as whom. */
export class Copies {
  readonly home: Home;
  readonly length: number;
  readonly #bundles: Uint16Array;
  readonly #counties: Uint16Array;
  readonly #people: Uint32Array;
  readonly #permits: Uint32Array;
  readonly #from: number;
  readonly #here: readonly County[];
  readonly #counted: readonly Counted[];

  /** Draws bundles until the province has its cases; `numbering` goes on for the next province. */
  constructor(
    { provinceId, cases, leaning }: Size,
    bundles: readonly Bundle[],
    counted: readonly Counted[],
    reference: Reference,
    numbering: Numbering,
  ) {
    const random = makeRandom(`country/${provinceId}/copies`);
    const drawn = draw(random, bundles, leaning, cases);
    this.home = new Home(provinceId);
    this.length = drawn.length;
    this.#here = countiesOf(reference, provinceId);
    this.#counted = counted;
    this.#from = numbering.serial;
    this.#bundles = Uint16Array.from(drawn);
    this.#counties = Uint16Array.from(drawn, () => random.int(0, this.#here.length - 1));
    this.#people = new Uint32Array(drawn.length);
    this.#permits = new Uint32Array(drawn.length);
    let permits = 0;
    for (const [at, bundle] of drawn.entries()) {
      this.#people[at] = numbering.person;
      this.#permits[at] = permits;
      numbering.person += counted[bundle]?.people ?? 0;
      permits += counted[bundle]?.permits ?? 0;
    }
    numbering.serial += drawn.length;
  }

  /** The copies, one after the other, the same at every call. */
  *all(): Generator<Copy> {
    for (let at = 0; at < this.length; at += 1) {
      const serial = this.#from + at;
      const bundle = this.#bundles[at] ?? 0;
      const county = this.#here[this.#counties[at] ?? 0];
      if (county === undefined) throw new RangeError('a province without a county');
      yield {
        ...{ home: this.home, bundle, serial, county },
        high: Math.imul(serial + 1, 40_503) & 0xffff,
        low: Math.imul(serial + 1, 2_654_435_761) >>> 0,
        person: this.#people[at] ?? 0,
        permit: this.#permits[at] ?? 0,
        sexes: this.#counted[bundle]?.sexes ?? [],
      };
    }
  }
}

function countiesOf(reference: Reference, provinceId: number): County[] {
  const here = [...reference.counties.values()].filter((one) => one.province_id === provinceId);
  return here.map(({ id, name_fa }) => {
    return { id: String(id), name: name_fa, key: compactKey(name_fa) };
  });
}

/** Bundles by how often the province has their outcome; the last ones are as small as what is left to fill. */
function draw(
  random: Random,
  bundles: readonly Bundle[],
  leaning: Size['leaning'],
  cases: number,
): number[] {
  const bounds: number[] = [];
  let whole = 0;
  for (const { outcome } of bundles) {
    whole += leaning[outcome];
    bounds.push(whole);
  }
  const alone = bundles.flatMap((bundle, at) => (bundle.cases === 1 ? [at] : []));
  const drawn: number[] = [];
  for (let missing = cases; missing > 0; ) {
    const at = search(bounds, random.next() * whole);
    const fits = (bundles[at]?.cases ?? 1) <= missing;
    const taken = fits ? at : random.pick(alone);
    drawn.push(taken);
    missing -= bundles[taken]?.cases ?? 1;
  }
  return drawn;
}

/** The place of the first bound above a number. */
function search(bounds: readonly number[], value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
