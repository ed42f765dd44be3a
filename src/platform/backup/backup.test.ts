import { randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../../test/database.ts';
import { memoryFiles } from '../../../test/files.ts';
import { enqueue } from '../jobs.ts';
import { provinceContext } from '../policy.ts';
import { backUp } from './back-up.ts';
import { restore, verifyBackup } from './restore.ts';
import type { Opening } from './seal.ts';

const now = new Date('2022-06-22T08:00:00Z');
const identity = await generateIdentity();
const sealing = { recipients: [await identityToRecipient(identity)] };
const text = 'a\tb\\c\nd «ی» \u200c';

let database: TestDatabase;
let whole: Buffer;
const files = memoryFiles();
beforeAll(async () => {
  database = await testDatabase();
  await database.transaction(provinceContext(4), async (tx) => {
    const row = { province_id: 4, mobile: '09140000000', created_at: now };
    const rows = Array.from({ length: 5_000 }, () => ({ ...row, id: randomUUID(), text }));
    await tx.insertInto('sms_outbox').values(rows).execute();
    await enqueue(tx, 'nothing.at_all', { province: 4 }, { runAt: new Date('2100-01-01') });
  });
  await files.put(Buffer.from('a document'));
  whole = await sealed();
});
afterAll(() => database.close());

async function sealed(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const target = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  await backUp({ database, files }, target, { sealing, now, version: '0.1.0' });
  return Buffer.concat(pieces);
}

/** Puts bytes into a database of its own. */
async function putIn(bytes: Buffer, opening: Opening = { identity }) {
  const empty = await emptyDatabase();
  const store = memoryFiles();
  try {
    const restored = await restore({ database: empty, files: store }, stream(bytes), opening);
    return { empty, store, restored };
  } catch (error) {
    const { rows } = await empty.pools.migrator.query("select to_regclass('sms_outbox') as t");
    const left = rows[0].t ? await count(empty, 'sms_outbox') : 0;
    await empty.close();
    return { failed: (error as Error).message, left, files: store.kept.size };
  }
}

/** In small pieces, as a file comes. */
function stream(bytes: Buffer): Readable {
  const size = 60_000;
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  return Readable.from(pieces);
}

async function count({ pools }: TestDatabase, table: string): Promise<number> {
  const { rows } = await pools.migrator.query(`select count(*)::int as n from ${table}`);
  return rows[0].n;
}

test('every row, waiting job and file comes back, and every foreign key', async () => {
  const done = await putIn(whole);
  if (!done.empty) throw new Error(done.failed);
  const { empty, store, restored } = done;
  try {
    const { rows } = await empty.pools.migrator.query('select distinct text from sms_outbox');
    expect(rows).toEqual([{ text }]);
    expect(restored.tally.rows['public.sms_outbox']).toBe(5_000);
    const waiting = await empty.pools.migrator.query(
      "select task_identifier, run_at::date::text as day from graphile_worker.jobs where task_identifier = 'nothing.at_all'",
    );
    expect(waiting.rows).toEqual([{ task_identifier: 'nothing.at_all', day: '2100-01-01' }]);
    expect([...store.kept].map(([key, bytes]) => [key, String(bytes)])).toEqual(
      [...files.kept].map(([key, bytes]) => [key, String(bytes)]),
    );
    const keys =
      "select count(*)::int as n from pg_constraint where contype = 'f' and convalidated";
    const had = await database.pools.migrator.query(keys);
    expect((await empty.pools.migrator.query(keys)).rows).toEqual(had.rows);
    await empty.transaction(provinceContext(4), (tx) => enqueue(tx, 'nothing.more', {}));
    expect(await count(empty, 'graphile_worker.jobs')).toBe(
      (await count(database, 'graphile_worker.jobs')) + 1,
    );
  } finally {
    await empty.close();
  }
});

test('a backup can be read to its end without being put anywhere', async () => {
  const { manifest, tally } = await verifyBackup(stream(whole), { identity });
  expect(manifest).toMatchObject({ version: '0.1.0', madeAt: now.toISOString() });
  expect(tally).toMatchObject({ files: 1, rows: { 'public.sms_outbox': 5_000 } });
});

test('a wrong key, a changed byte and a missing end are told, and nothing stays', async () => {
  const wrong = await putIn(whole, { identity: await generateIdentity() });
  expect(wrong.failed).toContain('this key does not open it');
  const changed = Buffer.from(whole);
  const middle = changed.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  for (const bytes of [changed, whole.subarray(0, -70_000), whole.subarray(0, -1)]) {
    const tried = await putIn(bytes);
    expect(tried).toMatchObject({ left: 0, files: 0 });
    expect(tried.failed).toBeTruthy();
  }
});

test('rows of a snapshot are all of one moment, whatever is written meanwhile', async () => {
  let going = true;
  const add = async () => {
    while (going) {
      await database.transaction(provinceContext(4), async (tx) => {
        const row = { province_id: 4, mobile: '09140000001', text: 'pair', created_at: now };
        const pair = [randomUUID(), randomUUID()].map((id) => ({ ...row, id }));
        await tx.insertInto('sms_outbox').values(pair).execute();
      });
    }
  };
  const adding = add();
  const bytes = await sealed();
  going = false;
  await adding;
  const { tally } = await verifyBackup(stream(bytes), { identity });
  expect((tally.rows['public.sms_outbox'] ?? 1) % 2).toBe(0);
});
