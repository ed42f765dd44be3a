import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import { insertAccount } from '../../src/accounts/index.ts';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { hashSecret } from '../../src/accounts/password.ts';
import { keptSets, setKey, setName } from '../../src/figures/dimensions.ts';
import { refillMonths } from '../../src/figures/index.ts';
import { isoToday } from '../../src/kit/jalali.ts';
import { clientOf, type Database, openDatabase, type Tx } from '../../src/platform/database.ts';
import type { EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { provinceContext, type Role } from '../../src/platform/policy.ts';
import { openFilled } from '../filled.ts';
import { said } from '../measure.ts';
import { plainOccupations, provinceId, type Staff, seedColumns, seedLines } from './seed.ts';

/** How many cases the province has, unless a bench asks for another number. */
export const cases = 1_000_000;
/** Of everybody in the bench. */
export const password = 'a password of benches';

const here = import.meta.dirname;

/** A server whose database `karkhaneh` holds the province; filled in a few minutes where it does not yet. */
function openProvince(folder: string, size: number): Promise<EmbeddedPostgres> {
  const files = ['fill.sql', 'seed.ts', 'province.ts'].map((file) => join(here, file));
  return openFilled({ folder, rows: size, files, fill: (server) => fill(server, size) });
}

/** The addresses of the copy, and of the superuser beside it. */
type Copy = { readonly url: string; readonly appUrl: string; readonly superuserUrl: string };

/** A copy of the filled province, dropped afterwards: what is written to it is nobody else's. */
export async function onCopy<T>(
  folder: string,
  name: string,
  work: (at: Copy, database: Database) => Promise<T>,
  size = cases,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const server = await openProvince(folder, size);
  const named = (url: string) => url.replace('/karkhaneh?', `/${name}?`);
  const superuser = await openDatabase({ url: server.superuserUrl });
  const drop = () => superuser.pools.migrator.query(`drop database if exists ${name} with (force)`);
  try {
    await drop();
    await superuser.pools.migrator.query(
      `create database ${name} template karkhaneh owner karkhaneh strategy file_copy`,
    );
    const { superuserUrl } = server;
    const at = { url: named(server.url), appUrl: named(server.appUrl), superuserUrl };
    const database = await openDatabase(at);
    return await work(at, database).finally(() => database.close());
  } finally {
    await drop();
    await superuser.close();
    await server.release();
  }
}

async function fill(server: EmbeddedPostgres, size: number): Promise<void> {
  const product = await openDatabase(server);
  try {
    await migrate(product);
    await loadReference(product);
    const staff = await openAccounts(product);
    const url = server.superuserUrl.replace('/postgres?', '/karkhaneh?');
    const superuser = await openDatabase({ url });
    try {
      await superuser.migratorTransaction((tx) => fillTables(tx, staff, size));
      await superuser.pools.migrator.query('vacuum analyze');
      await superuser.pools.migrator.query('checkpoint');
    } finally {
      await superuser.close();
    }
  } finally {
    await product.close();
  }
}

/** An expert of each agency, an officer and a director, by their product's own door. */
async function openAccounts(product: Database): Promise<Staff> {
  const now = new Date();
  const passwordHash = await hashSecret(password);
  const agencies = [...new Set(plainOccupations().map(({ agencyId }) => agencyId))];
  const open = (username: string, role: Role, organisationId: string) =>
    product.transaction(provinceContext(provinceId), (tx) => {
      const names = { nameFa: username, nameEn: username, personId: null, demonstration: false };
      const account = { provinceId, username, passwordHash, role, organisationId, ...names };
      return insertAccount(tx, account, now);
    });
  const experts = new Map<string, string>();
  for (const id of agencies)
    experts.set(id, await open(`expert-${id.toLowerCase()}`, 'expert', id));
  const officer = await open('officer', 'officer', 'DIRECTORATE');
  return { experts, officer };
}

async function fillTables(tx: Tx, staff: Staff, size: number): Promise<void> {
  const client = clientOf(tx);
  // Every row is valid by how it is made; that keys hold is not asked a million times again.
  await client.query(`set local session_replication_role = replica; set local maintenance_work_mem = '1GB';
    set local work_mem = '512MB'; set local synchronous_commit = off`);
  said(`Filling a province with ${size} cases, once for this schema`);
  await client.query(`create temp table seed (${seedColumns})`);
  const today = isoToday(Date.now());
  const lines = Readable.from(seedLines(staff, { cases: size, today }));
  await pipeline(lines, client.query(copyFrom('copy seed from stdin')));
  said('Seeded');
  const indexes = await dropIndexes(tx);
  for (const statement of (await readFile(join(here, 'fill.sql'), 'utf8')).split(/;$/m)) {
    if (statement.trim() !== '') await client.query(statement);
  }
  await fillTotals(tx);
  said('Filled; making the indexes');
  for (const index of indexes) await client.query(index);
}

/** Takes the indexes away that stand for no constraint, and says how to make them. */
async function dropIndexes(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string; made: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relname in ('people', 'households', 'cases', 'permits', 'history', 'permit_versions')
      and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`.execute(tx);
  for (const { name } of rows) await clientOf(tx).query(`drop index ${name}`);
  return rows.map(({ made }) => made);
}

/** The totals that the job would have folded by now. */
async function fillTotals(tx: Tx): Promise<void> {
  for (const set of keptSets) {
    await sql`insert into daily_totals
      (province_id, measure, dimension, happened_on, key, recorded_on, value)
      select ${provinceId}::integer, measure, ${setName(set)}, happened_on, ${setKey(set)}, recorded_on, sum(value)
      from counted group by 2, 4, 5, 6`.execute(tx);
  }
  await refillMonths(tx, [provinceId]);
}
