import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import type { Database, Tx } from '../platform/database.ts';

const folder = join(import.meta.dirname, 'data');

type Cell = (text: string) => unknown;
const text: Cell = (value) => (value === '' ? null : value);
const integer: Cell = (value) => (value === '' ? null : Number(value));
const flag: Cell = (value) => value === 'true';
const list =
  (separator: string): Cell =>
  (value) =>
    value === '' ? [] : value.split(separator);

type TableFile = {
  readonly table: string;
  readonly file: string;
  /** Columns that say which row it is. */
  readonly key: readonly string[];
  /** How each column is read; columns of the file that are not named here are for its readers. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** A key made of other columns, where the file has none of its own. */
  readonly id?: (row: Record<string, string>) => string;
};

const names = { name_fa: text, name_en: text };
const dates = { from_on: text, to_on: text };

/** Every reference table and the file it is filled from, referenced tables first. */
const files: readonly TableFile[] = [
  { table: 'provinces', file: 'provinces.csv', key: ['id'], cells: { id: integer, ...names } },
  {
    table: 'counties',
    file: 'counties.csv',
    key: ['id'],
    cells: {
      id: integer,
      province_id: integer,
      ...names,
      ...dates,
      national_id_prefixes: list(' '),
      aliases: list('|'),
      assumed: flag,
    },
  },
  {
    table: 'organisations',
    file: 'organisations.csv',
    key: ['id'],
    cells: {
      id: text,
      kind: text,
      ...names,
      short_fa: text,
      aliases: list('|'),
      sheba_codes: list(' '),
    },
  },
  {
    table: 'province_banks',
    file: 'province_banks.csv',
    key: ['province_id', 'bank_id', 'from_on'],
    cells: { province_id: integer, bank_id: text, ...dates, assumed: flag },
  },
  {
    table: 'branches',
    file: 'branches.csv',
    key: ['id'],
    cells: {
      id: text,
      bank_id: text,
      province_id: integer,
      county_id: integer,
      ...names,
      assumed: flag,
    },
  },
  {
    table: 'occupations',
    file: 'occupations.csv',
    key: ['id'],
    cells: {
      id: text,
      ...names,
      agency_id: text,
      family: text,
      starred: flag,
      clearance_ids: list('|'),
      validity_months: integer,
      grade: text,
      aliases: list('|'),
      assumed: list(' '),
    },
  },
  {
    table: 'credit_lines',
    file: 'credit_lines.csv',
    key: ['id'],
    cells: { id: text, ...names, law_fa: text, law_en: text, ...dates, assumed: list(' ') },
  },
  {
    table: 'credit_terms',
    file: 'credit_terms.csv',
    key: ['id'],
    id: (row) => [row.credit_line_id, row.province_id || 'country', row.from_on].join(':'),
    cells: {
      credit_line_id: text,
      province_id: integer,
      ...dates,
      cap_individual_rial: text,
      cap_approved_rial: text,
      cap_supporter_rial: text,
      supporter_min_people: integer,
      supporter_max_people: integer,
      fee_bp: integer,
      government_fee_bp: integer,
      support_body_fee_bp: integer,
      tenor_months: integer,
      grace_months: integer,
      assumed: list(' '),
    },
  },
  {
    table: 'settings',
    file: 'settings.csv',
    key: ['id'],
    id: (row) => [row.key, row.province_id || 'country', row.from_on || 'always'].join(':'),
    cells: {
      key: text,
      province_id: integer,
      ...dates,
      value: text,
      unit: text,
      assumed: list(' '),
    },
  },
  {
    table: 'refusal_conditions',
    file: 'refusal_conditions.csv',
    key: ['number'],
    cells: {
      number: integer,
      occupation_family: text,
      ...names,
      kind: text,
      applicant_kind: text,
      clearance_id: text,
    },
  },
  {
    table: 'return_reasons',
    file: 'return_reasons.csv',
    key: ['id'],
    cells: { id: text, ...names, ...dates, assumed: flag },
  },
  {
    table: 'holidays',
    file: 'holidays.csv',
    key: ['holiday_on'],
    cells: { holiday_on: text, ...names, assumed: flag },
  },
];

/**
 * Brings the reference tables to what the release's files say, in one transaction. Rows are added
 * and changed, never removed: the record refers to them. Safe to run at every start; where it changes anything,
 * the processes that have it in memory read it anew (`followReference`).
 */
export async function loadReference(database: Database): Promise<void> {
  const read = await Promise.all(files.map(async (one) => ({ ...one, rows: await readRows(one) })));
  await database.migratorTransaction(async (tx) => {
    let changed = 0n;
    for (const one of read) changed += await upsert(tx, one, one.rows);
    if (changed > 0n) await tellChange(tx);
  });
}

/** Tells every process that the reference data is other than it was, once the transaction is through. */
async function tellChange(tx: Tx): Promise<void> {
  const next = sql<number>`version + 1`;
  await tx.updateTable('reference_versions').set({ version: next }).where('id', '=', 1).execute();
}

async function readRows({ file, cells, id }: TableFile): Promise<Record<string, unknown>[]> {
  const content = await readFile(join(folder, file), 'utf8');
  const rows: Record<string, string>[] = parse(content, { columns: true, bom: true });
  return rows.map((row) => ({
    ...(id ? { id: id(row) } : {}),
    ...Object.fromEntries(
      Object.entries(cells).map(([column, cell]) => [column, cell(row[column] ?? '')]),
    ),
  }));
}

/** Adds and changes rows; those that say the same already are left alone. @returns how many it wrote */
async function upsert(
  tx: Tx,
  { table, key }: TableFile,
  rows: Record<string, unknown>[],
): Promise<bigint> {
  const columns = Object.keys(rows[0] ?? {});
  const others = columns.filter((column) => !key.includes(column));
  const set = others.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  const of = (name: string) => sql.join(others.map((column) => sql.ref(`${name}.${column}`)));
  // jsonb carries all rows in one parameter; arrays and nulls arrive with their column's own type.
  const { numAffectedRows } = await sql`
    insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(columns.map((column) => sql.ref(column)))}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update
    set ${sql.join(set)}
    where (${of(table)}) is distinct from (${of('excluded')})`.execute(tx);
  return numAffectedRows ?? 0n;
}
