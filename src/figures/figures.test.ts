import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { act, beginStory, carryOut, move, opening } from '../../test/figure-story.ts';
import type { Reference } from '../accounts/index.ts';
import { addDays, type IsoDate, isoToJalali } from '../kit/jalali.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Principal, provinceContext } from '../platform/policy.ts';
import { checkProvince } from './checks.ts';
import { type Cell, type Question, readCells, readGridCells, recordCells } from './cube.ts';
import { columnDimensions, type Scope } from './dimensions.ts';
import { listEntries } from './entries.ts';
import { foldProvince } from './fold.ts';
import { measures } from './measures.ts';

const province = 4;
const period = { from: '2021-03-21', to: '2023-03-20' };
/** Whole months, months with days at both ends or at one, and days of one month. */
const periods = [
  period,
  { from: '2021-04-02', to: '2022-06-21' },
  { from: '2022-03-21', to: '2022-06-11' },
  { from: '2022-05-22', to: '2022-06-20' },
];

let database: TestDatabase;
let reference: Reference;

beforeAll(async () => {
  database = await testDatabase();
  reference = await beginStory(database);
});
afterAll(() => database.close());

const ask = <T>(work: (tx: Tx) => Promise<T>) =>
  database.transaction(provinceContext(province), work);
const read = (more: Partial<Question> = {}) =>
  ask((tx) => readCells(tx, { provinceId: province, period, scope: {}, ...more }));

/** Cells as comparable text, without those that sum to nothing. */
function plain(cells: readonly Cell[]): string[] {
  return cells
    .filter(({ value }) => value !== 0n)
    .map(({ measure, key, value }) => `${measure}|${key}|${value}`)
    .sort();
}

function sums(cells: readonly Cell[]): Map<string, bigint> {
  const out = new Map<string, bigint>();
  for (const { measure, value } of cells) out.set(measure, (out.get(measure) ?? 0n) + value);
  for (const [measure, value] of out) if (value === 0n) out.delete(measure);
  return out;
}

const director: Principal = {
  accountId: uuid7(0),
  sessionId: uuid7(0),
  role: 'director',
  provinceId: province,
  organisationId: null,
  personId: null,
};

/** What is kept says what the record says, for whatever scope, cut and period. */
async function holdsWithTheRecord(): Promise<void> {
  const scopes: Scope[] = [
    { agency: 'SMT' },
    { county: '401' },
    { county: '401', agency: 'SMT' },
    { sex: 'female', kind: 'independent' },
  ];
  for (const [nth, scope] of scopes.entries()) {
    for (const by of [undefined, 'agency', 'bank', 'day', 'month'] as const) {
      const asked = { provinceId: province, period: periods[nth] ?? period, scope };
      const question = by ? { ...asked, by } : asked;
      const kept = plain(await ask((tx) => readCells(tx, question)));
      expect(kept).toEqual(plain(await ask((tx) => recordCells(tx, question))));
    }
  }
}

async function holdsWhatFiguresPromise(): Promise<void> {
  const whole = sums(await read());
  for (const by of [...columnDimensions, 'day', 'month'] as const) {
    expect(sums(await read({ by })), `parts by ${by} add up`).toEqual(whole);
  }
  await holdsWithTheRecord();
  for (const { name, unit } of measures) {
    const question = { provinceId: province, measure: name, period, scope: {}, limit: 200 };
    const list = await ask((tx) => listEntries(tx, reference, director, question));
    expect(BigInt(list.sum), `entries of ${name}`).toBe(whole.get(name) ?? 0n);
    if (unit === 'count') expect(BigInt(list.total)).toBe(whole.get(name) ?? 0n);
  }
  for (const measure of ['permits_issued', 'rial_paid']) {
    for (const scope of [{}, { agency: 'SMT' }, { sex: 'female' }]) {
      const asked = { provinceId: province, period, scope, measure, by: 'county' } as const;
      const grid = await ask((tx) => readGridCells(tx, asked));
      const sum = grid.reduce((total, { value }) => total + value, 0n);
      expect(sum, `a grid of ${measure}`).toBe(sums(await read({ scope })).get(measure) ?? 0n);
    }
  }
  const cohort = sums(await read({ cohort: true }));
  const [issued, referred, funded] = ['permits_issued', 'plans_referred', 'plans_funded'].map(
    (name) => cohort.get(name) ?? 0n,
  ) as [bigint, bigint, bigint];
  expect(issued >= referred && referred >= funded, 'the funnel never widens').toBe(true);
  for (const by of ['day', 'month'] as const) {
    expect(sums(await read({ cohort: true, by })), `a cohort by ${by} adds up`).toEqual(cohort);
  }
}

test('figures keep their promises through any story, corrections included', async () => {
  const known: { at: Date; cells: string[] }[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 20, maxLength: 60 }), async (moves) => {
      for (const one of moves) await carryOut(one);
      await holdsWhatFiguresPromise();
      // What was known at a moment stays what was known then.
      for (const { at, cells } of known) expect(plain(await read({ asOf: at }))).toEqual(cells);
      known.push({ at: act().now, cells: plain(await read()) });
      const before = plain(await read({ by: 'agency' }));
      await foldProvince(database, province);
      expect(plain(await read({ by: 'agency' }))).toEqual(before);
      const report = await checkProvince(database, province);
      expect(report.checks.flatMap(({ differences }) => differences)).toEqual([]);
    }),
    { numRuns: 12, seed: 1400, endOnFailure: true, examples: [[opening]] },
  );
  const reached = sums(await read());
  // Supporters' ledgers and the market have stories of their own.
  const here = measures.filter(({ slice }) => slice !== 'supporters' && slice !== 'market');
  for (const { name } of here) {
    expect(reached.get(name) ?? 0n, `the story reached ${name}`).toBeGreaterThan(0n);
  }
});

test('the database knows the months that the calendar knows', async () => {
  const { rows } = await database.pools.migrator.query<{ day: IsoDate; month: IsoDate }>(
    `select day::text, jalali_month_on(day)::text as month from generate_series(
       date '1827-03-22', date '2123-03-20', interval '1 day') g(at), lateral (select at::date as day) d`,
  );
  const wrong = rows.filter(({ day, month }) => {
    const past = isoToJalali(day).day - 1;
    return month !== addDays(day, -past);
  });
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(rows.length).toBeGreaterThan(108_000);
});

test('a changed, a removed and an inserted row are each found and named', async () => {
  const owner = database.pools.migrator;
  const found = async () => (await checkProvince(database, province)).checks[0]?.differences ?? [];
  const { rows } = await owner.query(
    'select id, case_id from history where province_id = 4 order by recorded_at limit 1',
  );
  await owner.query('update history set rial = 7 where id = $1', [rows[0].id]);
  expect(await found()).toHaveLength(1);
  await owner.query('update history set rial = null where id = $1', [rows[0].id]);
  expect(await found()).toHaveLength(0);
  const last = await owner.query(
    `delete from history where id = (select id from history h where province_id = 4
       and not exists (select 1 from history r where r.reverses = h.id)
       and not exists (select 1 from permit_versions v where v.history_id = h.id)
       and seq = (select seq from history_heads where case_id = h.case_id) limit 1) returning case_id`,
  );
  expect(last.rowCount).toBe(1);
  expect(await found()).toHaveLength(1);
});
