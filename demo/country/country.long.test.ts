import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Reference, referenceOf } from '../../src/accounts/index.ts';
import { answerNation, checkProvince } from '../../src/figures/index.ts';
import { closeProvinces } from '../../src/financing/index.ts';
import { checkNationalId, checkPermitNumber } from '../../src/kit/identifiers.ts';
import type { Database } from '../../src/platform/database.ts';
import { deepChecks } from '../../src/platform/roots/index.ts';
import type { TestDatabase } from '../../test/database.ts';
import { demonstrationDatabase } from '../../test/demonstration.ts';
import { testSigningKey } from '../../test/house.ts';
import { PROVINCE_ID } from '../plan-targets.ts';
import { isCountryTold, tellCountry } from './load.ts';
import { sizesOf } from './sizes.ts';

const cases = 6_000;
const lastDay = '2022-06-21';
let database: TestDatabase;
let reference: Reference;
let told: Awaited<ReturnType<typeof tellCountry>>;

beforeAll(async () => {
  database = await demonstrationDatabase();
  reference = await referenceOf(database);
  expect(await isCountryTold(database)).toBe(false);
  told = await tellCountry(database, reference, { cases, sealer: testSigningKey });
  await closeProvinces(database, reference, lastDay, new Date('2022-06-22T08:00:00Z'));
});
afterAll(() => database.close());

const rowsOf = async <Row>(text: ReturnType<typeof sql<Row>>, from: Database = database) =>
  (await from.migratorTransaction((tx) => text.execute(tx))).rows;

it('shares all its cases out among the provinces, by their counties', async () => {
  const rows = await rowsOf(sql<{ province: number; n: number }>`
    select province_id as province, count(*)::integer as n from cases group by 1 order by 1`);
  expect(rows).toHaveLength(31);
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(cases);
  const own = rows.find(({ province }) => province === PROVINCE_ID)?.n ?? 0;
  const sizes = sizesOf(reference, cases - own);
  for (const { provinceId, cases: size } of sizes) {
    expect(rows.find(({ province }) => province === provinceId)?.n).toBe(size);
  }
  expect(told).toMatchObject({ provinces: 30, cases });
  expect(await isCountryTold(database)).toBe(true);
});

it('writes a record that every check of the product bears out, seals and all', async () => {
  for (const province of [0, 7, 23, 25]) {
    const report = await checkProvince(database, province, deepChecks(testSigningKey));
    const wrong = report.checks.filter(({ differences }) => differences.length > 0);
    expect(wrong, `province ${province}`).toEqual([]);
    const checked = new Map(report.checks.map((one) => [one.name, one.checked]));
    for (const name of ['history.steps', 'permits.states', 'financing.paid', 'ledger.record']) {
      expect(checked.get(name), name).toBeGreaterThan(0);
    }
    for (const name of ['employment.jobs', 'supervision.visits', 'figures.totals']) {
      expect(checked.get(name), name).toBeGreaterThan(0);
    }
  }
});

it('invents everybody, once, and says so', async () => {
  const people = await rowsOf(sql<{ id: string; invented: boolean; mobile: string | null }>`
    select national_id as id, demonstration as invented, mobile from people
    where province_id <> ${PROVINCE_ID}`);
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
  expect(people.every(({ invented, mobile }) => invented && mobile === null)).toBe(true);
  expect(people.slice(0, 500).every(({ id }) => checkNationalId(id).ok)).toBe(true);
  const permits = await rowsOf(sql<{ number: string }>`
    select number from permits where province_id = 23`);
  expect(
    permits.every(({ number }) => number.startsWith('23') && checkPermitNumber(number).ok),
  ).toBe(true);
});

it('gives the nation as the sum of its provinces, and the provinces differ', async () => {
  const period = { from: '2021-03-21', to: '2022-06-21' };
  const nation = await answerNation(database, reference, PROVINCE_ID, period, '2022-06-22');
  expect(nation.total).toMatchObject({ provinces: 31, closed_from: lastDay, closed_to: lastDay });
  const [whole] = await rowsOf(sql<{ permits: number; rial: string }>`
    select count(*) filter (where verb = 'permits.grant')::integer as permits,
      sum(sign * rial) filter (where verb = 'financing.pay')::text as rial from history`);
  expect(nation.total.values.permits_issued).toBe(whole?.permits);
  expect(nation.total.values.rial_paid).toBe(whole?.rial);
  const shares = nation.provinces.map(({ rates }) => rates.funded_per_referred?.hundredths);
  expect(new Set(shares).size).toBeGreaterThan(10);
});
