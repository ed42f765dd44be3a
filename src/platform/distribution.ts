/**
 * Where each table lies once the database is spread over machines by province. A table that is named nowhere
 * here begins its key with the province and lies with it.
 */

/** Whole on every node, the same for everybody, and filled from the release's file of the same name. */
export const shippedTables = [
  'provinces',
  'counties',
  'organisations',
  'province_banks',
  'branches',
  'occupations',
  'credit_lines',
  'credit_terms',
  'settings',
  'refusal_conditions',
  'return_reasons',
  'holidays',
] as const;

/** Whole on every node: the same for everybody, and read by all. */
export const referenceTables = [...shippedTables, 'reference_versions'] as const;

/** What has to be unique in the whole country, spread by the column that says of whom it is. */
export const nationalTables: Readonly<Record<string, string>> = {
  // One open loan for a national ID, wherever it was paid.
  open_loans: 'national_id',
  // A national ID counts once in a period, wherever it is at work.
  counted_people: 'national_id',
  // A name is looked up before anybody knows whose province it is.
  sign_in_names: 'name',
};

/** On the coordinator alone, as the job queue in its own schema is. */
const localTables: readonly string[] = ['schema_migrations', 'schema_foreign_keys'];

/** How a table lies, and for one that is spread, by which of its columns. */
export type Placing =
  | { readonly as: 'reference' | 'local' }
  | { readonly as: 'distributed'; readonly by: string };

/** How a table of the schema `public` lies. */
export function placingOf(table: string): Placing {
  if ((referenceTables as readonly string[]).includes(table)) return { as: 'reference' };
  if (localTables.includes(table)) return { as: 'local' };
  return { as: 'distributed', by: nationalTables[table] ?? 'province_id' };
}
