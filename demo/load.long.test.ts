import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Reference, referenceOf } from '../src/accounts/index.ts';
import { checkProvince, foldAll } from '../src/figures/index.ts';
import { booksOf } from '../src/financing/bank-files/books.ts';
import { watchValidity } from '../src/permits/index.ts';
import { permitStates } from '../src/permits/rules.ts';
import { systemClock } from '../src/platform/clock.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { type TestDatabase, testDatabase } from '../test/database.ts';
import { FILES_FROM } from './bank-files.ts';
import { eventsOf, findEvent } from './case-story.ts';
import { demonstrationClock } from './clock.ts';
import { type Loaded, loadDemo, needsDemo } from './load.ts';
import { marketData } from './market-data.ts';
import { AGENCIES, PAID_MILLION_TOMAN, PROVINCE_ID, PUBLISHED, WINDOW } from './plan-targets.ts';
import { tellStory } from './story.ts';
import { totalsOf } from './totals.ts';

const cases = tellStory();
let database: TestDatabase;
let reference: Reference;
let loaded: Loaded;

/** Loads, breaks off on the way, and goes on: what every test below looks at. */
beforeAll(async () => {
  database = await testDatabase();
  reference = await referenceOf(database);
  expect(await needsDemo(database)).toBe(true);
  const breaksOff = loadDemo(database, reference, {
    onProgress: (told, total) => {
      if (told > total / 3) throw new Error('power cut');
    },
  });
  await expect(breaksOff).rejects.toThrow('power cut');
  expect(await needsDemo(database)).toBe(true);
  loaded = await loadDemo(database, reference);
});
afterAll(() => database.close());

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  const { rows } = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
    query.execute(tx),
  );
  return rows;
}

async function countOf(table: string): Promise<number> {
  const rows = await rowsOf(
    sql<{ n: string }>`select count(*)::text as n from ${sql.table(table)}`,
  );
  return Number(rows[0]?.n);
}

async function measuresBy(column: string) {
  const rows = await rowsOf(sql<{ measure: string; by: string; value: string }>`
    select measure, ${sql.ref(column)} as by, sum(value)::text as value
    from measure_deltas group by 1, 2`);
  return (measure: string, by?: string) =>
    rows
      .filter((row) => row.measure === measure && (by === undefined || row.by === by))
      .reduce((sum, row) => sum + BigInt(row.value), 0n);
}

it('records every event once, though it broke off on the way', async () => {
  expect(loaded.cases).toBe(cases.length);
  expect(await countOf('cases')).toBe(cases.length);
  // When the last body has said yes, the rule itself sends the case back to its agency.
  const [ruled] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history where verb = 'permits.completeClearance'`);
  expect(Number(ruled?.n)).toBeGreaterThan(3);
  // An order to correct plans its second look by itself.
  const [again] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history where facts ? 'revisit_of'`);
  expect(Number(again?.n)).toBeGreaterThan(3);
  // Supporters' ledgers are told beside the cases' events.
  const [kept] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history where verb like 'supporters.%'`);
  // What became of jobs after their registration was done where they were found.
  const [lived] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history
    where verb like 'employment.%' and verb <> 'employment.register'`);
  // So is the market's story.
  const [traded] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history where verb like 'market.%'`);
  expect(Number(traded?.n)).toBeGreaterThan(150);
  const more = [ruled, again, kept, lived, traded].reduce((sum, row) => sum + Number(row?.n), 0);
  expect(await countOf('history')).toBe(loaded.events + more);
  expect(loaded.events).toBe(cases.reduce((sum, story) => sum + story.events.length, 0));
});

it('gives the published account out of the record', async () => {
  const totals = totalsOf(cases);
  const measure = await measuresBy('agency_id');
  expect(measure('applications_submitted')).toBe(BigInt(totals.applicationsSubmitted));
  expect(measure('permits_issued')).toBe(BigInt(PUBLISHED.permitsIssued));
  expect(measure('plans_referred')).toBe(BigInt(PUBLISHED.plansReferred));
  expect(measure('plans_funded')).toBe(BigInt(PUBLISHED.plansFunded));
  expect(measure('tranches_paid')).toBe(BigInt(totals.tranchesPaid));
  expect(measure('rial_paid')).toBe(totals.rialPaid);
  expect(measure('jobs_registered')).toBe(BigInt(PUBLISHED.jobsRegistered));
  for (const agency of AGENCIES) {
    expect(measure('plans_funded', agency)).toBe(BigInt(PUBLISHED.plansFundedByAgency[agency]));
    expect(measure('rial_paid', agency)).toBe(BigInt(PAID_MILLION_TOMAN[agency]) * 10_000_000n);
  }
});

it('has a person behind each job, with evidence, most of them verified by somebody else, and a sample looked at again', async () => {
  const [jobs] = await rowsOf(sql<{ people: number; shown: number; alone: number }>`
    select count(distinct j.person_id)::integer as people,
      count(*) filter (where exists (select 1 from job_evidence e where e.job_id = j.id))::integer as shown,
      count(*) filter (where j.verified_by = j.registered_by)::integer as alone
    from jobs j where j.uncounted_for is null`);
  expect(jobs).toEqual({
    people: PUBLISHED.jobsRegistered,
    shown: PUBLISHED.jobsRegistered,
    alone: 0,
  });
  const measure = await measuresBy('agency_id');
  const [expected, registered, verified, alive] = [
    'expected',
    'registered',
    'verified',
    'alive',
  ].map((stage) => Number(measure(`jobs_${stage}`))) as [number, number, number, number];
  expect(expected).toBeGreaterThanOrEqual(registered);
  expect(registered).toBeGreaterThan(verified);
  expect(verified).toBeGreaterThan(registered / 3);
  expect(alive).toBeGreaterThan(0);
  expect(Number(measure('jobs_rechecked'))).toBeGreaterThan(30);
  expect(Number(measure('jobs_disagreed'))).toBeGreaterThan(0);
});

it('has let every tranche that was paid through its gate, and looked at plans in all three stages', async () => {
  const [ungated] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from tranches t where not exists (select 1 from tranche_passes s
      where s.plan_id = t.plan_id and s.number = t.number and s.passed_on <= t.paid_on)`);
  expect(ungated?.n).toBe('0');
  const seen = await rowsOf(sql<{ stage: string; n: number }>`
    select stage, count(*)::integer as n from visits where state = 'passed' group by 1 order by 1`);
  expect(seen.map(({ stage }) => stage)).toEqual(['after', 'before', 'during']);
  expect(seen.every(({ n }) => n > 100)).toBe(true);
  const open = await rowsOf(sql<{ state: string }>`select distinct state from visits order by 1`);
  expect(open.map(({ state }) => state)).toEqual([
    ...['assigned', 'deviation', 'passed', 'to_correct'],
  ]);
});

it('leaves every case in the state its story ends in', async () => {
  const rows = await rowsOf(
    sql<{ id: string; state: string; plan_state: string | null }>`
      select id::text, state, plan_state from cases`,
  );
  const states = new Map(rows.map((row) => [row.id, row]));
  for (const story of cases) {
    const state = states.get(story.caseId);
    const paid = eventsOf(story, 'financing.pay').length > 0;
    expect(state?.state === 'issued').toBe(
      findEvent(story, 'permits.grant') !== undefined &&
        story.fate !== 'revoked' &&
        story.stage === undefined,
    );
    if (story.stage) expect(state?.state).toBe(story.stage);
    expect(state?.plan_state === 'paying').toBe(paid);
    expect(state?.plan_state === null).toBe(findEvent(story, 'financing.refer') === undefined);
  }
});

it('explains every job under a supporter by a contract, and what was made by material and pay', async () => {
  const [jobs] = await rowsOf(sql<{ people: string; contracted: string; working: string }>`
    select count(*)::text as people, count(c.id)::text as contracted,
      count(*) filter (where j.started_on < '2022-06-09' and exists (select 1 from goods_received g
        where g.cover_id = v.id) and exists (select 1 from material_balances b
        where b.cover_id = v.id and b.consumed_grains > 0))::text as working
    from jobs j
    left join covers v on v.person_id = j.person_id and v.state in ('covered', 'seeking')
    left join contracts c on c.cover_id = v.id and c.state = 'in_force' and c.version = 1
    where j.relation = 'covered'`);
  expect(jobs?.contracted).toBe(jobs?.people);
  expect(Number(jobs?.working)).toBeGreaterThan(Number(jobs?.people) * 0.9);
  const [late] = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history where verb = 'supporters.late'`);
  expect(Number(late?.n)).toBeGreaterThan(10);
});

it('shows a supporter in default, disputed pay, deductions, and a contract signed by their own hands', async () => {
  const [ends] = await rowsOf(sql<Record<string, string>>`
    select (select count(*) from supporters where state = 'in_default') as defaults,
      (select count(*) from covers where state = 'seeking') as seeking,
      (select count(*) from history where verb = 'supporters.reopen' and not facts ? 'cover') as home,
      (select string_agg(distinct coalesce(answer, 'open'), ' ' order by coalesce(answer, 'open'))
        from pay_receipts) as answers,
      (select count(*) from pay_entries where kind = 'deducted') as deductions,
      (select count(*) from goods_received where quality = 'second') as second,
      (select string_agg(state, ' ' order by state) from contracts where version = 2) as versions,
      (select count(*) from contracts where agency_signed_by is not null) as signed`);
  expect(ends).toMatchObject({
    answers: 'came not_came open other_sum',
    versions: 'in_force offered',
  });
  for (const name of ['defaults', 'seeking', 'home', 'deductions', 'second', 'signed']) {
    expect(Number(ends?.[name]), name).toBeGreaterThan(0);
  }
});

it('names the covered people, each with the permit they hold', async () => {
  const members = cases.flatMap((story) => findEvent(story, 'financing.refer')?.covered ?? []);
  const rows = await rowsOf(
    sql<{ covered_case_id: string | null }>`select covered_case_id::text from memberships`,
  );
  expect(rows).toHaveLength(members.length);
  const held = (ids: (string | null | undefined)[]) => ids.filter((id) => id).sort();
  expect(held(rows.map((row) => row.covered_case_id))).toEqual(held(members.map((m) => m.caseId)));
});

it('marks every person as a demonstration', async () => {
  const rows = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from people where not demonstration`);
  expect(rows[0]?.n).toBe('0');
});

it('opens an account for everyone in the cast, citizens bound to their person', async () => {
  const rows = await rowsOf(sql<{ username: string; role: string; bound: boolean; real: boolean }>`
    select username, role, person_id is not null as bound, not demonstration as real from accounts`);
  const buyers = marketData.buyers.map(({ mobile }) => mobile);
  expect(rows).toHaveLength(loaded.cast.length + buyers.length);
  expect(rows.some((row) => row.real)).toBe(false);
  for (const row of rows) {
    expect(row.bound).toBe(row.role === 'citizen' && !buyers.includes(row.username));
  }
});

it('signs at the agency and grants at the directorate, by two people', async () => {
  const rows = await rowsOf(sql<{ n: string }>`
    select count(*)::text as n from history s join history g on g.case_id = s.case_id
    where s.verb = 'permits.sign' and g.verb = 'permits.grant'
      and s.actor_id is not null and g.actor_id is not null and s.actor_id <> g.actor_id`);
  expect(rows[0]?.n).toBe(String(PUBLISHED.permitsIssued));
});

it('leaves the bodies, the directorate and the counter something to see', async () => {
  const rows = await rowsOf(sql<{ state: string; n: number }>`
    select state, count(*)::integer as n from cases group by 1`);
  const counts = new Map(rows.map(({ state, n }) => [state, n]));
  for (const state of permitStates) {
    if (state !== 'void') expect(counts.get(state) ?? 0, state).toBeGreaterThan(0);
  }
  const asked = await rowsOf(sql<{ body: string; n: number }>`
    select body_id as body, count(*)::integer as n from clearances where state = 'asked' group by 1`);
  expect(asked.map(({ body }) => body).sort()).toEqual(['HEALTH', 'VET']);
  const [counter] = await rowsOf(sql<{ n: number }>`
    select count(*)::integer as n from history h
    join accounts a on a.province_id = h.province_id and a.role = 'counter'
    where h.verb = 'permits.submit' and h.facts ->> 'on_behalf_by' = a.id::text`);
  expect(counter?.n).toBe(6);
});

it('ends with banks’ files: days that close, one that waits for a person, one order sent back', async () => {
  const days = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
    booksOf(tx, PROVINCE_ID, { reference, from: FILES_FROM, to: WINDOW.to, bank: null }),
  );
  const open = days.filter((day) => !day.ordersClose || !day.ledgerCloses);
  expect(days.length).toBeGreaterThan(20);
  expect(open.length).toBeLessThan(days.length / 4);
  expect(open.filter(({ next }) => next === 'decide_lines')).toHaveLength(1);
  expect(open.map(({ next }) => next)).not.toContain('check_record');
  const lines = await rowsOf(sql<{ verdict: string; effect: string | null; named: number }>`
    select verdict, effect, cardinality(candidates) as named from bank_file_lines`);
  const waiting = lines.filter(({ verdict }) => verdict === 'waiting');
  expect(waiting.map(({ named }) => named > 0)).toEqual([true]);
  expect(lines.filter(({ effect }) => effect === 'returned')).toHaveLength(1);
  expect(lines.filter(({ effect }) => effect === 'paid').length).toBeGreaterThan(20);
});

it('keeps a clock of its own, which starts on the morning after the story', async () => {
  const clock = await demonstrationClock(database);
  const behind = clock.now().getTime() - Date.parse('2022-06-22T04:00:00Z');
  expect(behind).toBeGreaterThanOrEqual(0);
  expect(behind).toBeLessThan(600_000);
  const report = await watchValidity({ database, clock }, () => 'text');
  expect(report.expired).toBe(0);
  const empty = await testDatabase();
  expect(await demonstrationClock(empty)).toBe(systemClock);
  await empty.close();
});

it('finds no difference between the record and what is kept beside it', async () => {
  await foldAll(database);
  const { checks } = await checkProvince(database, PROVINCE_ID);
  expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
});

it('changes nothing when it is run again', async () => {
  expect(await needsDemo(database)).toBe(false);
  const before = await countOf('history');
  const again = await loadDemo(database, reference);
  expect(again.events).toBe(loaded.events);
  expect(await countOf('history')).toBe(before);
  expect(await countOf('operations')).toBeGreaterThan(60);
});
