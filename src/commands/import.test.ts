import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { headers, permitRow, workbookOf } from '../../test/register-office.ts';
import { repositoryFolder } from '../platform/config.ts';
import { openSpreadsheet } from '../platform/spreadsheet/index.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-import-test-'));
  const good = await workbookOf(
    headers.permits,
    [1, 2, 3, 4].map((n) => permitRow(n)),
  );
  await writeFile(file('good.xlsx'), good);
  const rows = [permitRow(1), permitRow(1, { شهرستان: 'خوی' }), permitRow(5, { شهرستان: 'هیچ' })];
  await writeFile(file('mixed.xlsx'), await workbookOf(headers.permits, rows));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);

function start(words: readonly string[]): ChildProcess {
  return spawn(join(repositoryFolder, 'bin/karkhaneh'), ['import', ...words], {
    env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(...words: readonly string[]) {
  const child = start(words);
  const [out, complaint, [status]] = await Promise.all([
    text(child.stdout as NonNullable<ChildProcess['stdout']>),
    text(child.stderr as NonNullable<ChildProcess['stderr']>),
    once(child, 'close'),
  ]);
  return { out, complaint, status };
}

async function count(table: string): Promise<number> {
  const { rows } = await database.pools.migrator.query(`select count(*) as n from ${table}`);
  return Number(rows[0].n);
}

/** Until a question about the server's sessions is answered yes. */
async function until(condition: string): Promise<void> {
  const asked = `select count(*) as n from pg_stat_activity
    where datname = current_database() and ${condition}`;
  for (;;) {
    const { rows } = await database.pools.migrator.query(asked);
    if (Number(rows[0].n) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('karkhaneh import', () => {
  test('killed in the middle leaves nothing, and can be run again', async () => {
    // Whoever holds the record's table stops the import after it has written people and cases.
    const holder = await database.pools.migrator.connect();
    await holder.query('begin; lock table history in share mode');
    const child = start(['permits', file('good.xlsx')]);
    await until("wait_event_type = 'Lock' and query ilike '%insert into history%'");
    child.kill('SIGKILL');
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGKILL');
    await holder.query('rollback');
    holder.release();
    const left = ['people', 'households', 'cases', 'permits', 'history', 'imports', 'import_rows'];
    for (const table of left) expect(await count(table), table).toBe(0);
    const again = await run('permits', file('good.xlsx'), '--json');
    expect(again.status).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ read: 4, accepted: 4 });
  });

  test('tells of each row when tried out, and records nothing', async () => {
    const before = await count('history');
    const { out, status } = await run('permits', file('mixed.xlsx'), '--dry-run', '--json');
    expect(status).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      ...{ kind: 'permits', dryRun: true, read: 3, accepted: 0, unchanged: 1, rejected: 2 },
      ...{ warnings: 0, doubtful: 0, ignored: 0 },
    });
    expect(answer.rows.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      ...['unchanged', 'rejected', 'rejected'],
    ]);
    expect(answer.rows[1].faults[0]).toMatchObject({
      ...{ column: 'شهرستان', field: 'county', value: 'خوی', code: 'differs' },
      reason: { en: 'Column "شهرستان", "خوی": the record says "Urmia", the row "Khoy".' },
    });
    expect(await count('history')).toBe(before);
    expect(await count('imports')).toBe(1);
  });

  test('gives rejected rows back, and succeeds although there are some', async () => {
    const target = file('rejected.xlsx');
    const { out, status } = await run('permits', file('mixed.xlsx'), '--rejected', target);
    expect(status).toBe(0);
    expect(out).toContain('read 3 = accepted 0 + unchanged 1 + rejected 2');
    const { batches } = await openSpreadsheet({ path: target });
    const rows: unknown[] = [];
    for await (const batch of batches) rows.push(...batch.rows.map(({ cells }) => cells));
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows[1])).toContain('ثبت‌شده: «ارومیه»');
    await run('permits', file('good.xlsx'), '--rejected', file('none.xlsx'));
    expect(existsSync(file('none.xlsx'))).toBe(false);
  });

  test.for([
    [['loans', 'good.xlsx'], 'KIND is permits, referrals, payments, jobs'],
    [['permits', 'nowhere.xlsx'], 'There is no file'],
    [['permits', 'good.xlsx', '--unit', 'dollar'], '--unit is rial'],
    [['permits', 'good.xlsx', '--province', '4'], 'two digits'],
    [['permits', 'good.xlsx', '--sheet', 'دیگر'], 'دیگر'],
    [['jobs', 'good.xlsx'], 'This file is a register of permits, not of jobs.'],
  ] as const)('%j is wrong usage', async ([[kind, name, ...more], said]) => {
    const { out, complaint, status } = await run(kind, file(name), ...more);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(complaint).toContain(said);
    expect(complaint).not.toMatch(/^\s+at /m);
  });
});
