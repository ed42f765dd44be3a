import { makeRandom, type Random } from '../../demo/random.ts';
import { readDemoRows, readProductRows } from '../../demo/reference.ts';
import { nameKey } from '../../src/accounts/index.ts';
import { generateNationalId, makePermitNumber } from '../../src/kit/identifiers.ts';
import { addDays, type IsoDate } from '../../src/kit/jalali.ts';
import { compactKey } from '../../src/kit/persian-text.ts';
import { validUntil } from '../../src/permits/rules.ts';

/** West Azerbaijan, as in the demonstration. */
export const provinceId = 4;

/** What the columns of a line are, and of the table that they go into. */
export const seedColumns = `n integer, state text, kind text, agency_id text, occupation_id text, county_id integer,
  area text, sex text, national_id text, first_name text, last_name text, name_key text, mobile text,
  address text, address_key text, number text, validity_months integer, valid_until date, due_on date,
  submitted_at timestamptz, signed_at timestamptz, decided_at timestamptz, expert_id uuid, officer_id uuid`;

/** Who acted on the cases: the expert of each agency, and the directorate's officer, by account. */
export type Staff = { readonly experts: ReadonlyMap<string, string>; readonly officer: string };

type Occupation = { readonly id: string; readonly agencyId: string; readonly months: number };

type Lists = {
  readonly given: readonly { fa: string; sex: string }[];
  readonly family: readonly { fa: string }[];
  readonly streets: readonly string[];
  readonly counties: readonly string[];
  readonly occupations: readonly Occupation[];
};

/** Occupations that need no clearance beside their agency's own: their way has the two signatures alone. */
export function plainOccupations(): Occupation[] {
  return readProductRows('occupations')
    .filter(({ clearance_ids, agency_id }) => !clearance_ids || clearance_ids === agency_id)
    .map(({ id = '', agency_id = '', validity_months }) => {
      return { id, agencyId: agency_id, months: Number(validity_months) };
    });
}

function readLists(): Lists {
  return {
    given: readDemoRows('given-names').map(({ fa = '', sex = '' }) => {
      return { fa, sex };
    }),
    family: readDemoRows('family-names').map(({ fa = '' }) => ({ fa })),
    streets: readDemoRows('streets').map(({ fa = '' }) => fa),
    counties: readProductRows('counties')
      .filter(({ province_id }) => Number(province_id) === provinceId)
      .map(({ id = '' }) => id),
    occupations: plainOccupations(),
  };
}

/** The national ID of the n-th person of the bench; 899,999 serials fit under each prefix. */
export function nationalIdOf(n: number): string {
  return generateNationalId(String(274 + Math.floor(n / 899_999)), (n % 899_999) + 1);
}

/** The n-th permit's number: as spread over all numbers as drawn ones, and no two alike. */
function numberOf(n: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE((BigInt(n) * 387_420_489n) % 1_000_000_000n);
  return makePermitNumber(provinceId, () => bytes);
}

/** One of the items; the generator's own way counts weights, which takes its time a million times. */
function oneOf<T>(random: Random, items: readonly T[]): T {
  return items[random.int(0, items.length - 1)] as T;
}

/** Of all cases these many per thousand wait: for the agency, and for the second signature. */
const waiting = { submitted: 8, agency_signed: 4 };
/** The record's years: five, as far back as a province's casework reaches. */
const daysBack = 1825;

function stateOf(n: number, cases: number): string {
  const left = ((cases - n) * 1000) / cases;
  if (left <= waiting.submitted) return 'submitted';
  if (left <= waiting.submitted + waiting.agency_signed) return 'agency_signed';
  return n % 20 === 0 ? 'refused' : 'issued';
}

const dayMs = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const ends = new Map<string, string>();

function endOf(ms: number, months: number): string {
  const key = `${iso(ms).slice(0, 10)} ${months}`;
  const known = ends.get(key) ?? validUntil(key.slice(0, 10), months);
  ends.set(key, known);
  return known;
}

function lineOf(lists: Lists, staff: Staff, random: Random, n: number, of: Extent): unknown[] {
  const { cases, today } = of;
  const state = stateOf(n, cases);
  // Half past six in Tehran's morning, and on until the afternoon: one day for every clock.
  const day = Date.parse(
    addDays(today as IsoDate, -1 - Math.floor(((cases - n) * daysBack) / cases)),
  );
  const submitted = day + 4 * 3_600_000 + (n % 30_000) * 1000;
  const [signed, decided] = [submitted + (n % 5) * dayMs, submitted + (5 + (n % 9)) * dayMs];
  const given = oneOf(random, lists.given);
  const family = oneOf(random, lists.family);
  const occupation = oneOf(random, lists.occupations);
  const address = `${oneOf(random, lists.streets)} ${n % 3000}`;
  const late = { submitted: 21, agency_signed: 12 }[state];
  return [
    ...[n, state, 'independent', occupation.agencyId, occupation.id],
    ...[oneOf(random, lists.counties), random.chance(0.7) ? 'urban' : 'rural', given.sex],
    ...[nationalIdOf(n), given.fa, family.fa, nameKey(given.fa, family.fa)],
    ...[`0914${String(n % 10_000_000).padStart(7, '0')}`, address, compactKey(address)],
    ...[numberOf(n), occupation.months],
    endOf(decided, occupation.months),
    late === undefined ? null : addDays(iso(submitted).slice(0, 10) as IsoDate, late),
    ...[iso(submitted), iso(signed), iso(decided)],
    ...[staff.experts.get(occupation.agencyId), staff.officer],
  ];
}

type Extent = { readonly cases: number; readonly today: string };

/** A stream is slow with small pieces. */
const linesAtOnce = 2000;

/** Lines for COPY, each a case of an invented province; the same at every call but for the days. */
export function* seedLines(staff: Staff, of: Extent): Generator<string> {
  const lists = readLists();
  const random = makeRandom('bench/casework');
  let text = '';
  for (let n = 0; n < of.cases; n += 1) {
    const cells = lineOf(lists, staff, random, n, of);
    text += `${cells.map((cell) => cell ?? '\\N').join('\t')}\n`;
    if ((n + 1) % linesAtOnce > 0 && n + 1 < of.cases) continue;
    yield text;
    text = '';
  }
}
