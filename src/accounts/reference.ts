import type { Selectable } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Database, DB, Tx } from '../platform/database.ts';

type Row<T extends keyof DB> = Selectable<DB[T]>;

/** All reference data, in memory: it changes seldom, mostly with a release, and then it is read anew. */
export type Reference = {
  /** Of `reference_versions`, as it was before the rest was read. */
  readonly version: number;
  readonly provinces: ReadonlyMap<number, Row<'provinces'>>;
  readonly counties: ReadonlyMap<number, Row<'counties'>>;
  readonly organisations: ReadonlyMap<string, Row<'organisations'>>;
  readonly occupations: ReadonlyMap<string, Row<'occupations'>>;
  readonly branches: ReadonlyMap<string, Row<'branches'>>;
  readonly provinceBanks: readonly Row<'province_banks'>[];
  readonly creditLines: ReadonlyMap<string, Row<'credit_lines'>>;
  readonly creditTerms: readonly Row<'credit_terms'>[];
  readonly settings: readonly Row<'settings'>[];
  readonly refusalConditions: ReadonlyMap<number, Row<'refusal_conditions'>>;
  readonly returnReasons: readonly Row<'return_reasons'>[];
  readonly holidays: readonly Row<'holidays'>[];
};

const known = new WeakMap<Database, Promise<Reference>>();

/** The reference data of a database, read once a process, and again when {@link renewReference} finds it changed. */
export function referenceOf(database: Database): Promise<Reference> {
  const before = known.get(database);
  if (before) return before;
  const reading = readReference(database);
  known.set(database, reading);
  reading.catch(() => known.delete(database));
  return reading;
}

const nobody = { province: null, organisation: '', person: '' } as const;
/** Whoever looks whether anything changed looks again soon: it does not wait for a database that is away. */
const looking = { ...nobody, retry: 'not_even_begun' } as const;

/**
 * Reads the reference data anew where its version is another than the one in memory; until it is whole, and where it
 * cannot be read, what is in memory goes on. Whoever holds a {@link Reference} goes on with the one it began with.
 */
export async function renewReference(database: Database): Promise<void> {
  const before = await known.get(database);
  if (!before || (await database.transaction(looking, versionIn)) === before.version) return;
  const fresh = await readReference(database);
  known.set(database, Promise.resolve(fresh));
}

async function versionIn(tx: Tx): Promise<number> {
  const found = tx.selectFrom('reference_versions').select('version').where('id', '=', 1);
  return (await found.executeTakeFirstOrThrow()).version;
}

async function readReference(database: Database): Promise<Reference> {
  return database.transaction(nobody, async (tx) => {
    // First: what changes after it has a later version, and is found then.
    const version = await versionIn(tx);
    const all = <T extends keyof DB>(table: T) =>
      tx.selectFrom(table).selectAll().execute() as Promise<Row<T>[]>;
    const byId = async <T extends keyof DB, K>(table: T, key: (row: Row<T>) => K) =>
      new Map((await all(table)).map((row) => [key(row), row]));
    return {
      version,
      provinces: await byId('provinces', (row) => row.id),
      counties: await byId('counties', (row) => row.id),
      organisations: await byId('organisations', (row) => row.id),
      occupations: await byId('occupations', (row) => row.id),
      branches: await byId('branches', (row) => row.id),
      provinceBanks: await all('province_banks'),
      creditLines: await byId('credit_lines', (row) => row.id),
      creditTerms: await all('credit_terms'),
      settings: await all('settings'),
      refusalConditions: await byId('refusal_conditions', (row) => row.number),
      returnReasons: await all('return_reasons'),
      holidays: await all('holidays'),
    };
  });
}

/** The occupation. @throws Problem `accounts.unknown_occupation` (422) */
export function getOccupation(reference: Reference, id: string): Row<'occupations'> {
  const found = reference.occupations.get(id);
  if (!found) throw new Problem('accounts.unknown_occupation', { id });
  return found;
}

/** The county. @throws Problem `accounts.unknown_county` (422) */
export function getCounty(reference: Reference, id: number, provinceId: number): Row<'counties'> {
  const found = reference.counties.get(id);
  if (found?.province_id !== provinceId) throw new Problem('accounts.unknown_county', { id });
  return found;
}

/** Whether a dated row holds on a day (ISO); `to_on` is its last day, an absent end is open. */
export function holdsOn(row: { from_on: unknown; to_on: unknown }, day: string): boolean {
  const from = row.from_on === null || String(row.from_on) <= day;
  return from && (row.to_on === null || day <= String(row.to_on));
}

/** The reasons with which a bank may return a plan on a day. */
export function returnReasonsOn(reference: Reference, day: string): Row<'return_reasons'>[] {
  return reference.returnReasons.filter((row) => holdsOn(row, day));
}

/**
 * A dated setting for a province on a day: the province's own row before the country's.
 * @throws Problem `platform.before_rules` (422) for a day before its first row, as somebody may type one
 * @throws Error when no row holds otherwise: settings are shipped, a missing one is a defect
 */
export function settingOn(
  reference: Reference,
  key: string,
  provinceId: number,
  day: string,
): string {
  return settingRowOn(reference, key, provinceId, day).value;
}

/** The row behind {@link settingOn}, for whoever needs its unit too. */
export function settingRowOn(
  reference: Reference,
  key: string,
  provinceId: number,
  day: string,
): Row<'settings'> {
  const rows = reference.settings.filter((row) => row.key === key && holdsOn(row, day));
  const row =
    rows.find((one) => one.province_id === provinceId) ??
    rows.find((one) => one.province_id === null);
  if (row) return row;
  const days = reference.settings
    .filter((one) => one.key === key && one.from_on !== null)
    .map((one) => String(one.from_on))
    .sort();
  const [record] = days;
  if (record !== undefined && day < record) {
    throw new Problem('platform.before_rules', { given: day, record });
  }
  throw new Error(`No setting ${key} on ${day}`);
}
