import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Kind, Sex, Verb } from './case-story.ts';
import { AGENCIES, type AgencyId, PROVINCE_ID, WINDOW } from './plan-targets.ts';

/** From which region of the province a name is; `common` ones are of the whole country. */
export type Origin = 'common' | 'azeri' | 'kurdish';

/** A county with the invented make-up of the demonstration; weights go by its size. */
export interface CountyShare {
  readonly id: number;
  readonly nameFa: string;
  readonly weight: number;
  readonly ruralShare: number;
  /** Shares of regional names among invented people: only so that the names sound right. */
  readonly azeriNames: number;
  readonly kurdishNames: number;
  /** First three digits of national IDs issued there. */
  readonly idPrefixes: readonly string[];
}

export interface DemoOccupation {
  readonly id: string;
  readonly nameFa: string;
  readonly agencyId: AgencyId;
  readonly weight: number;
  readonly womenShare: number;
  /** Whether such work is given out to others at home. */
  readonly supportable: boolean;
  /** Bodies that have to clear it besides its agency. */
  readonly clearanceIds: readonly string[];
  /** How long a permit for it lasts, in Jalali months. */
  readonly validityMonths: number;
}

export interface DemoBank {
  readonly id: string;
  readonly weight: number;
  /** Branches by county. */
  readonly branches: ReadonlyMap<number, readonly string[]>;
}

export interface DemoReason {
  readonly verb: Verb;
  readonly weight: number;
  readonly reason: string;
  /** Only for a refusal: the number of the condition that is not met; 0 for other verbs. */
  readonly conditionNumber: number;
  /** Empty when it may be said of any kind. */
  readonly kind: Kind | '';
}

/** The reference data that the story draws from: the product's own, weighed by the demonstration's. */
export interface DemoReference {
  readonly counties: readonly CountyShare[];
  readonly occupations: readonly DemoOccupation[];
  readonly banks: readonly DemoBank[];
  readonly reasons: readonly DemoReason[];
  readonly creditLineId: string;
}

/** The credit line of the programme itself, in force through the window. */
const CREDIT_LINE = 'home-jobs';

type Row = Readonly<Record<string, string>>;

function readRows(path: string): Row[] {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  return parse(text, { columns: true, skip_empty_lines: true, bom: true });
}

/** Rows of one of the product's reference files. */
export function readProductRows(name: string): Row[] {
  return readRows(`../src/accounts/data/${name}.csv`);
}

/** Rows of one of the demonstration's own files. */
export function readDemoRows(name: string): Row[] {
  return readRows(`./data/${name}.csv`);
}

/** One of the demonstration's own JSON files, as text for its reader to check. */
export function readDemoText(name: string): string {
  return readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');
}

function column(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) throw new RangeError(`no column ${name}`);
  return value;
}

const inWindow = (row: Row) =>
  (row.from_on === '' || column(row, 'from_on') <= WINDOW.from) &&
  (row.to_on === '' || column(row, 'to_on') >= WINDOW.to);

const ofProvince = (row: Row) => Number(row.province_id) === PROVINCE_ID;

function readCounties(): CountyShare[] {
  const counties = readProductRows('counties').filter(ofProvince).filter(inWindow);
  const byId = new Map(counties.map((row) => [Number(row.id), row]));
  return readDemoRows('county-shares').map((row) => {
    const county = byId.get(Number(row.county_id));
    if (!county) throw new RangeError(`no county ${row.county_id} in the window`);
    return {
      id: Number(row.county_id),
      nameFa: column(county, 'name_fa'),
      weight: Number(row.weight),
      ruralShare: Number(row.rural_share),
      azeriNames: Number(row.azeri_names),
      kurdishNames: Number(row.kurdish_names),
      idPrefixes: column(county, 'national_id_prefixes').split(' '),
    };
  });
}

function readOccupations(): DemoOccupation[] {
  const demand = readDemoRows('occupation-demand');
  const known = new Set(readProductRows('occupations').map((row) => row.id));
  const unknown = demand.find((row) => row.id !== '' && !known.has(row.id));
  if (unknown) throw new RangeError(`no occupation ${unknown.id}`);
  return readProductRows('occupations').flatMap((row) => {
    const agencyId = AGENCIES.find((agency) => agency === row.agency_id);
    if (!agencyId) return [];
    const wanted =
      demand.find((one) => one.id === row.id) ??
      demand.find((one) => one.id === '' && one.agency_id === agencyId);
    if (!wanted) throw new RangeError(`no demand for occupations of ${agencyId}`);
    return {
      id: column(row, 'id'),
      nameFa: column(row, 'name_fa'),
      agencyId,
      weight: Number(wanted.weight),
      womenShare: Number(wanted.women_share),
      supportable: wanted.supportable === 'true',
      clearanceIds: column(row, 'clearance_ids')
        .split('|')
        .filter((body) => body !== '' && body !== agencyId),
      validityMonths: Number(column(row, 'validity_months')),
    };
  });
}

function readBanks(): DemoBank[] {
  const agents = readProductRows('province_banks').filter(ofProvince).filter(inWindow);
  const branches = readProductRows('branches').filter(ofProvince);
  const shares = readDemoRows('bank-shares');
  return agents.map((row) => {
    const id = column(row, 'bank_id');
    const here = new Map<number, string[]>();
    for (const branch of branches.filter((one) => one.bank_id === id)) {
      const county = Number(branch.county_id);
      here.set(county, [...(here.get(county) ?? []), column(branch, 'id')]);
    }
    const share = shares.find((one) => one.bank_id === id);
    return { id, weight: Number(share?.weight ?? 1), branches: here };
  });
}

function readReasons(): DemoReason[] {
  return readDemoRows('reasons').map((row) => ({
    verb: column(row, 'verb') as Verb,
    weight: Number(row.weight),
    reason: column(row, 'reason'),
    conditionNumber: Number(column(row, 'condition_number')),
    kind: column(row, 'kind') as Kind | '',
  }));
}

/** Reads all of it from disk; RangeError when the demonstration names what the product does not have. */
export function readReference(): DemoReference {
  return {
    counties: readCounties(),
    occupations: readOccupations(),
    banks: readBanks(),
    reasons: readReasons(),
    creditLineId: CREDIT_LINE,
  };
}

/** Given and family names, in Persian and Latin letters. */
export interface DemoNames {
  readonly given: readonly { fa: string; en: string; sex: Sex; origin: Origin }[];
  readonly family: readonly { fa: string; en: string; origin: Origin }[];
  readonly streets: readonly string[];
  readonly villages: readonly string[];
  readonly urbanAddress: string;
  readonly ruralAddress: string;
}

/** Reads the names of people and places from disk. */
export function readNames(): DemoNames {
  const words = JSON.parse(readDemoText('words.json')) as Record<string, string>;
  const name = (row: Row) => ({
    fa: column(row, 'fa'),
    en: column(row, 'en'),
    origin: column(row, 'origin') as Origin,
  });
  return {
    given: readDemoRows('given-names').map((row) => ({ ...name(row), sex: row.sex as Sex })),
    family: readDemoRows('family-names').map(name),
    streets: readDemoRows('streets').map((row) => column(row, 'fa')),
    villages: readDemoRows('villages').map((row) => column(row, 'fa')),
    urbanAddress: column(words, 'urbanAddress'),
    ruralAddress: column(words, 'ruralAddress'),
  };
}
