import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { isoToday } from '../../src/kit/jalali.ts';
import { clientOf, openDatabase, type Tx } from '../../src/platform/database.ts';
import type { EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { openFilled } from '../filled.ts';
import { said } from '../measure.ts';
import { makeGoods, productColumns, stallColumns } from './goods.ts';
import { keepPictures, type Picture, shrinking } from './pictures.ts';
import { fillTrigrams } from './trigrams.ts';

const here = import.meta.dirname;

/** A server with a catalogue of this size in `karkhaneh`, and the same texts with trigrams in `trigrams`. */
export function openCatalogue(folder: string, products: number): Promise<EmbeddedPostgres> {
  const names = ['fill.sql', 'fill.ts', 'goods.ts', 'words.json', 'pictures.ts', 'trigrams.ts'];
  return openFilled({
    ...{ folder, rows: products, files: [...names.map((file) => join(here, file)), shrinking] },
    fill: (server) => fill(server, join(folder, 'files'), products),
  });
}

async function fill(
  server: EmbeddedPostgres,
  filesFolder: string,
  products: number,
): Promise<void> {
  const product = await openDatabase(server);
  try {
    await migrate(product);
    await loadReference(product);
  } finally {
    await product.close();
  }
  const pictures = await keepPictures(filesFolder);
  const superuser = await openDatabase({
    url: server.superuserUrl.replace('/postgres?', '/karkhaneh?'),
  });
  try {
    await superuser.migratorTransaction((tx) => fillTables(tx, products, pictures));
    await superuser.pools.migrator.query('vacuum analyze');
    said('Filled; making the trigrams');
    await fillTrigrams(server, superuser);
    await superuser.pools.migrator.query('checkpoint');
  } finally {
    await superuser.close();
  }
}

async function fillTables(tx: Tx, products: number, pictures: readonly Picture[]): Promise<void> {
  const client = clientOf(tx);
  // Every row is valid by how it is made; that keys hold is not asked a million times again.
  await client.query(`set local session_replication_role = replica; set local maintenance_work_mem = '1GB';
    set local work_mem = '512MB'; set local synchronous_commit = off`);
  said(`Filling a catalogue with ${products} products, once for this schema`);
  await client.query(`create temp table stall_seed (${stallColumns});
    create temp table product_seed (${productColumns});
    create temp table picture_seed (n integer, sha256 text, media_type text, size_bytes integer,
      file_key uuid, thumb_of text)`);
  const goods = makeGoods(products, isoToday(Date.now()));
  const copy = (table: string, lines: Iterable<string>) =>
    pipeline(Readable.from(lines), client.query(copyFrom(`copy ${table} from stdin`)));
  await copy(
    'picture_seed',
    pictures.map((one) => `${Object.values(one).join('\t')}\n`),
  );
  await copy('stall_seed', goods.stallLines());
  await copy('product_seed', goods.productLines());
  said('Seeded');
  const indexes = await dropIndexes(tx);
  for (const statement of (await readFile(join(here, 'fill.sql'), 'utf8')).split(/;$/m)) {
    if (statement.trim() !== '') await client.query(statement);
  }
  for (const index of indexes) await client.query(index);
}

/** Takes the indexes away that stand for no constraint, and says how to make them. */
async function dropIndexes(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string; made: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relname in ('people', 'households', 'cases', 'permits', 'stalls', 'products', 'product_photos')
      and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`.execute(tx);
  for (const { name } of rows) await clientOf(tx).query(`drop index ${name}`);
  return rows.map(({ made }) => made);
}
