import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { CountedDays, Tally } from './rules.ts';

/** What the plans promised and how many people are registered in them, by plan. */
export async function findTallies(
  tx: Tx,
  provinceId: number,
  planIds: readonly string[],
): Promise<Map<string, Tally>> {
  const { rows } = await sql<{ id: string; expected: number; registered: number }>`
    select p.id, coalesce(t.expected, p.people) as expected, coalesce(t.registered, 0) as registered
    from plans p
    left join plan_jobs t on t.province_id = ${provinceId} and t.plan_id = p.id
    where p.province_id = ${provinceId} and p.id = any(${planIds}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, ...tally }) => [id, tally]));
}

/** What steps change in one plan's numbers. */
export type TallyChange = {
  readonly planId: string;
  readonly caseId: string;
  readonly expected?: number;
  readonly registered?: number;
  readonly verified?: number;
  readonly alive?: number;
};

/** Adds to the numbers of plans; the CHECKs of `plan_jobs` refuse a stage larger than the one before it. */
export async function changeTallies(
  tx: Tx,
  provinceId: number,
  changes: readonly TallyChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const groups = [...Map.groupBy(changes, ({ planId }) => planId).values()];
  const sum = (key: 'expected' | 'registered' | 'verified' | 'alive') =>
    groups.map((group) => group.reduce((total, one) => total + (one[key] ?? 0), 0));
  const ids = groups.map(([first]) => first?.planId ?? '');
  const cases = groups.map(([first]) => first?.caseId ?? '');
  await sql`
    insert into plan_jobs (province_id, plan_id, case_id, expected)
    select ${provinceId}::integer, i.plan_id, i.case_id, p.people
    from unnest(${ids}::uuid[], ${cases}::uuid[]) as i(plan_id, case_id)
    join plans p on p.province_id = ${provinceId}::integer and p.id = i.plan_id
    order by i.plan_id
    on conflict (province_id, plan_id) do nothing`.execute(tx);
  await sql`
    update plan_jobs t set expected = t.expected + i.expected, registered = t.registered + i.registered,
      verified = t.verified + i.verified, alive = t.alive + i.alive
    from unnest(${ids}::uuid[], ${sum('expected')}::integer[], ${sum('registered')}::integer[],
      ${sum('verified')}::integer[], ${sum('alive')}::integer[])
      as i(plan_id, expected, registered, verified, alive)
    where t.province_id = ${provinceId}::integer and t.plan_id = i.plan_id`.execute(tx);
}

/** The days in which people of the whole country are counted already, by national ID. */
export async function findCounted(
  tx: Tx,
  nationalIds: readonly string[],
): Promise<Map<string, CountedDays[]>> {
  const { rows } = await sql<{ national_id: string; from: string; until: string }>`
    select national_id, counted_on as from, again_on as until from counted_people
    where national_id = any(${nationalIds}::text[])`.execute(tx);
  const found = Map.groupBy(rows, (row) => row.national_id);
  return new Map(
    [...found].map(([id, days]) => [id, days.map(({ from, until }) => ({ from, until }))]),
  );
}

/** A person who is counted from a day on. */
export type CountedPerson = CountedDays & { readonly nationalId: string; readonly jobId: string };

/** Counts people; a second time in the same days violates `counted_people_once`, wherever it comes from. */
export async function countPeople(
  tx: Tx,
  provinceId: number,
  people: readonly CountedPerson[],
): Promise<void> {
  if (people.length === 0) return;
  const of = (pick: (one: CountedPerson) => string) => people.map(pick);
  await sql`
    insert into counted_people (national_id, counted_on, again_on, province_id, job_id)
    select i.national_id, i.counted_on, i.again_on, ${provinceId}::integer, i.job_id
    from unnest(${of((p) => p.nationalId)}::text[], ${of((p) => p.from)}::date[],
      ${of((p) => p.until)}::date[], ${of((p) => p.jobId)}::uuid[])
      as i(national_id, counted_on, again_on, job_id)`.execute(tx);
}

/** People whose registration was taken back are counted no more. */
export async function uncountPeople(
  tx: Tx,
  provinceId: number,
  jobIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ national_id: string }>`
    select p.national_id from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id
    where j.province_id = ${provinceId} and j.id = any(${jobIds}::uuid[])`.execute(tx);
  await sql`delete from counted_people
    where national_id = any(${rows.map(({ national_id }) => national_id)}::text[])
      and province_id = ${provinceId} and job_id = any(${jobIds}::uuid[])`.execute(tx);
}
