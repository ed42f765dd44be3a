import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { jobHandlers } from '../../app.ts';
import { decodeCode } from '../../kit/code.ts';
import { outboxSms } from '../../platform/sms.ts';
import { silentLog } from '../../platform/telemetry.ts';

const rows = 1_000_000;
/** What the process may grow by while a million rows go through it; held whole they would take over a thousand. */
const boundMb = 400;

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1], rial: 500_000_000n });
  // A million more steps of the one case: what is tried is how they leave, not how they came.
  await house.database.migratorTransaction((tx) =>
    sql`insert into history (province_id, id, case_id, seq, verb, from_state, to_state, happened_on, recorded_at,
        op_id, person_id, county_id, agency_id, bank_id, kind, occupation_id, sex, area, hash)
      select province_id, gen_random_uuid(), case_id, 1000 + n, verb, from_state, to_state, happened_on,
        recorded_at, op_id, person_id, county_id, agency_id, bank_id, kind, occupation_id, sex, area, hash
      from history, generate_series(1, ${rows - 1}) n
      where province_id = 4 and verb = 'financing.refer'`.execute(tx),
  );
}, 300_000);
afterAll(() => house.close());

test('a million rows are written in bounded memory', async () => {
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const question = {
    ...{
      kind: 'entries',
      measures: ['plans_referred'],
      span: 'thisYear',
      scope: {},
      language: 'en',
    },
  };
  const asked = await director.post('/api/report-runs', { name: 'R', format: 'csv', question });
  let bytes = 0;
  let most = 0;
  const before = process.memoryUsage().rss;
  const files = {
    ...house.files,
    put: async (contents: Uint8Array | AsyncIterable<Buffer>) => {
      for await (const part of contents as AsyncIterable<Buffer>) {
        bytes += part.length;
        most = Math.max(most, process.memoryUsage().rss);
      }
      return '00000000-0000-4000-8000-000000000000';
    },
  };
  const jobs = jobHandlers({ sms: outboxSms, files: files as never, publicUrl: 'http://x' });
  const payload = { provinceId: 4, runId: decodeCode(asked.body.code)?.id };
  const around = { database: house.database, clock: house.clock, log: silentLog };
  await jobs['figures.runReport']?.(payload, around);
  const [run] = (await director.get('/api/reports')).body.runs;
  expect(run).toMatchObject({ state: 'done', rows });
  expect(bytes).toBeGreaterThan(80_000_000);
  expect((most - before) / 2 ** 20).toBeLessThan(boundMb);
}, 600_000);
