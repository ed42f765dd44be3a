import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { provinceId } from '../casework/seed.ts';

/** What the one table holds of each case, in the order in which it is copied. */
const columns = [
  ...['id', 'province_id', 'state', 'kind', 'person_id', 'household_id', 'occupation_id'],
  ...['agency_id', 'bank_id', 'county_id', 'area', 'sex', 'submitted_on', 'state_since'],
  ...['holder', 'holder_since', 'due_on', 'permit_id', 'plan_state', 'recorded_at'],
].map((name) => `c.${name}`);
const beside = [
  ...['p.national_id', 'p.id_kind', 'p.first_name', 'p.last_name', 'p.mobile', 'h.address'],
  ...['m.number as permit_number', 'm.issued_on', 'm.valid_until'],
];
const read = [...columns, ...beside];
const written = read.map((column) => column.replace(/^.*[ .]/, ''));

/**
 * Makes the peer's table and fills it with the cases of the product's database.
 * @param ours the address of the product's database, as its owner
 * @param theirs the address of the peer's, empty until now
 */
export async function copyCases(ours: string, theirs: string): Promise<void> {
  const from = new pg.Client({ connectionString: ours });
  const to = new pg.Client({ connectionString: theirs });
  await Promise.all([from.connect(), to.connect()]);
  try {
    await to.query(await readFile(join(import.meta.dirname, 'table.sql'), 'utf8'));
    const rows = from.query(
      copyTo(`copy (select ${read.join(', ')} from cases c
        join people p on p.province_id = c.province_id and p.id = c.person_id
        join households h on h.province_id = c.province_id and h.id = c.household_id
        left join permits m on m.province_id = c.province_id and m.id = c.permit_id
        where c.province_id = ${provinceId}) to stdout`),
    );
    await pipeline(rows, to.query(copyFrom(`copy cases (${written.join(', ')}) from stdin`)));
    await to.query('vacuum analyze cases');
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}
