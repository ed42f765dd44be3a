import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Reference, referenceOf } from '../src/accounts/index.ts';
import { checkProvince, importFile, readCells } from '../src/figures/index.ts';
import { closeDay } from '../src/financing/index.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { type TestDatabase, testDatabase } from '../test/database.ts';
import { loadDemo } from './load.ts';
import { PROVINCE_ID, PUBLISHED } from './plan-targets.ts';
import { REGISTER_KINDS, type RegisterKind, writeRegisters } from './registers.ts';
import { tellStory } from './story.ts';

/** What an office's registers can know; they do not hold applications, refusals or returns. */
const known = [
  ...['permits_issued', 'plans_referred', 'plans_funded', 'tranches_paid'],
  ...['rial_requested', 'rial_paid', 'jobs_expected', 'jobs_registered'],
];
const period = { from: '2021-03-21', to: '2022-06-21' };
const cuts = ['agency', 'county', 'bank', 'kind', 'occupation', 'sex', 'area', 'day'] as const;

let folder: string;
let files: Record<RegisterKind, string>;
let told: TestDatabase;
let entered: TestDatabase;
let reference: Reference;

async function enter(kind: RegisterKind, dryRun = false) {
  const now = new Date('2022-06-22T08:00:00Z');
  const act = {
    ...{ provinceId: PROVINCE_ID, actorId: null, organisationId: null, now },
    ...{ today: '2022-06-22', opId: uuid7(now.getTime()) },
  };
  const file = { kind, source: { path: files[kind] } };
  const { counts } = await importFile(entered, file, { reference, act, dryRun });
  return counts;
}

beforeAll(async () => {
  const cases = tellStory();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-registers-'));
  files = await writeRegisters(folder, cases);
  [told, entered] = await Promise.all([testDatabase(), testDatabase()]);
  reference = await referenceOf(told);
  await loadDemo(told, reference, { cases });
}, 300_000);
afterAll(async () => {
  await Promise.all([told.close(), entered.close()]);
  await rm(folder, { recursive: true });
});

async function figures(database: TestDatabase, by?: (typeof cuts)[number]) {
  const question = { provinceId: PROVINCE_ID, period, scope: {}, ...(by ? { by } : {}) };
  const cells = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
    readCells(tx, question),
  );
  return cells
    .filter(({ measure, value }) => known.includes(measure) && value !== 0n)
    .map(({ measure, key, value }) => `${measure} ${key} ${value}`)
    .sort();
}

describe('the four registers, imported into an empty province', () => {
  test('are accepted, every row', async () => {
    const rows = { permits: PUBLISHED.permitsIssued, referrals: PUBLISHED.plansReferred };
    for (const kind of REGISTER_KINDS) {
      const counts = await enter(kind);
      expect(counts, kind).toMatchObject({ accepted: counts.read, unchanged: 0, rejected: 0 });
      if (kind === 'permits' || kind === 'referrals') expect(counts.read).toBe(rows[kind]);
    }
  });

  test('give the same figures as the history they were written from', async () => {
    expect(await figures(entered)).toEqual(await figures(told));
    expect(await figures(entered)).toHaveLength(known.length);
    for (const by of cuts) {
      expect(await figures(entered, by), `by ${by}`).toEqual(await figures(told, by));
    }
  });

  test('leave nothing that a check would find', async () => {
    await closeDay(entered, PROVINCE_ID, period.to, new Date('2022-06-22T08:00:00Z'));
    const report = await checkProvince(entered, PROVINCE_ID);
    expect(report.checks.flatMap(({ differences }) => differences)).toEqual([]);
    // Registers know nothing of clearances, allocations, orders and visits, nor of what supporters and
    // makers do among themselves; all else has something to be checked.
    const among = /^(?:supporters|market)\./;
    const empty = report.checks.filter(({ checked, name }) => checked === 0 && !among.test(name));
    expect(empty.map(({ name }) => name)).toEqual([
      ...['permits.clearances', 'financing.ceilings', 'financing.orders'],
      ...['supervision.visits', 'supervision.gates'],
    ]);
  });

  test('change nothing the second time, nor would they', async () => {
    const before = await figures(entered, 'day');
    for (const dryRun of [true, false]) {
      for (const kind of REGISTER_KINDS) {
        const counts = await enter(kind, dryRun);
        expect(counts, kind).toMatchObject({ accepted: 0, unchanged: counts.read, rejected: 0 });
      }
    }
    expect(await figures(entered, 'day')).toEqual(before);
  });
});
