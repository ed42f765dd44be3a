import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Reference } from '../../src/accounts/index.ts';
import { refillTotals } from '../../src/figures/index.ts';
import { clientOf, type Database } from '../../src/platform/database.ts';
import type { StepSealer } from '../../src/platform/step-seals.ts';
import { PROVINCE_ID } from '../plan-targets.ts';
import { readStory, type Story } from './bundles.ts';
import { headColumns, writeChains } from './chain.ts';
import { Copies, type Copy, type Numbering } from './copies.ts';
import { writeOwn } from './own.ts';
import { sizesOf } from './sizes.ts';
import { columnsOf, openTables } from './tables.ts';
import { plain, type Telling, tellingsOf, writeLines } from './tellings.ts';

/** How the country is told. */
export type CountryOptions = {
  /** Cases of the whole country, the story's own among them. */
  readonly cases: number;
  /** With what the house seals its steps. */
  readonly sealer?: StepSealer | undefined;
  /** Called with what has been done, of how much. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** What was told: in which provinces, how many cases and steps, and how many rows of all tables together. */
export type Country = {
  readonly provinces: number;
  readonly cases: number;
  readonly steps: number;
  readonly rows: number;
};

/** A piece of COPY: streams are slow with small ones. */
const pieceLength = 1 << 18;

/**
 * Tells the story of the demonstration's province in the other thirty, with other people, until the country has its cases: each
 * row is one that the product wrote itself, under other ids and names, and each step is hashed and sealed anew.
 * All of it in one transaction.
 * @throws Error when the story's province is empty
 */
export async function tellCountry(
  database: Database,
  reference: Reference,
  { cases, sealer, onProgress }: CountryOptions,
): Promise<Country> {
  return database.migratorTransaction(async (tx) => {
    const client = clientOf(tx);
    await client.query(`set local synchronous_commit = off; set local maintenance_work_mem = '1GB';
      set local work_mem = '256MB'; set local max_parallel_maintenance_workers = 2`);
    const story = await readStory(client, await columnsOf(client));
    if (story.bundles.length === 0) throw new Error('The province of the story is empty.');
    const tellings = tellingsOf(story, reference);
    const { rows } = await client.query('select count(*)::integer as n from cases');
    const sizes = sizesOf(reference, cases - (rows[0] as { n: number }).n);
    const close = await openTables(client);
    const done = { provinces: 0, steps: 0, rows: 0 };
    const numbering: Numbering = { serial: 0, person: 0 };
    for (const size of sizes) {
      const copies = new Copies(size, story.bundles, tellings, reference, numbering);
      await writeOwn(client, story, copies.home);
      const told = await tellProvince(client, story, tellings, copies, sealer);
      done.provinces += 1;
      done.steps += told.steps;
      done.rows += told.rows;
      onProgress?.(done.provinces, sizes.length + 10);
    }
    await refillTotals(
      tx,
      sizes.map(({ provinceId }) => provinceId),
    );
    await close();
    await client.query('analyze');
    return { ...done, cases };
  });
}

async function tellProvince(
  client: pg.ClientBase,
  story: Story,
  tellings: readonly Telling[],
  copies: Copies,
  sealer: StepSealer | undefined,
): Promise<{ steps: number; rows: number }> {
  let rows = 0;
  for (const table of plain) {
    const columns = (story.columns.get(table) ?? []).map(({ name }) => name);
    const lines = texts(copies, (copy) => writeLines(tellings[copy.bundle], table, copy));
    rows += await copyIn(client, table, columns, lines);
  }
  const heads: string[] = [];
  const steps = texts(copies, (copy) => {
    const told = writeChains(tellings[copy.bundle]?.chains ?? [], copy, sealer);
    heads.push(told.heads);
    return told.steps;
  });
  const columns = (story.columns.get('history') ?? []).map(({ name }) => name);
  const written = await copyIn(client, 'history', columns, steps);
  rows += written + (await copyIn(client, 'history_heads', [...headColumns], heads));
  return { steps: written, rows };
}

function* texts(copies: Copies, write: (copy: Copy) => string): Generator<string> {
  for (const copy of copies.all()) yield write(copy);
}

/** Sends lines to a table. @returns how many it took */
async function copyIn(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
): Promise<number> {
  const names = columns.map((name) => `"${name}"`).join(', ');
  const stream = client.query(copyFrom(`copy ${table} (${names}) from stdin`));
  await pipeline(Readable.from(piecesOf(lines)), stream);
  return stream.rowCount ?? 0;
}

function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Whether another province than the story's has cases already. */
export async function isCountryTold(database: Database): Promise<boolean> {
  return database.migratorTransaction(async (tx) => {
    const found = await tx
      .selectFrom('cases')
      .select('id')
      .where('province_id', '<>', PROVINCE_ID)
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  });
}
