import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';

type Compared = { id: string; kept: string | null; recomputed: string | null };

/** Standing steps `h` of one province: those that no later row takes back. */
function standing(provinceId: number) {
  return sql`h.province_id = ${provinceId} and h.sign = 1
    and not exists (select 1 from history r
      where r.province_id = ${provinceId} and r.reverses = h.id)`;
}

/** Every job stands where the newest standing step of it in the record leads, and every such step has its job. */
const jobsRecorded: Check = {
  name: 'employment.jobs',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Compared>`
      select coalesce(j.case_id, h.case_id) as id, j.id || ' ' || j.state as kept,
        h.job || ' ' || h.to_state as recomputed
      from (select case_id, id, state from jobs
        where province_id = ${provinceId} and taken_back_at is null) j
      full join (
        select distinct on (h.facts ->> 'job') h.case_id, h.facts ->> 'job' as job, h.to_state
        from history h
        where ${standing(provinceId)} and h.verb like 'employment.%' and h.facts ? 'job'
        order by h.facts ->> 'job', h.seq desc
      ) h on h.job = j.id::text
      where j.id is null or h.job is null or h.to_state <> j.state
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'jobs', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** What each plan promised, and how many of its people were registered, verified and found alive, by the record. */
const talliesKept: Check = {
  name: 'employment.tallies',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Compared>`
      select t.case_id as id, concat_ws(' ', t.expected, t.registered, t.verified, t.alive) as kept,
        concat_ws(' ', p.people + coalesce(h.raised, 0), coalesce(h.registered, 0),
          coalesce(h.verified, 0), coalesce(h.alive, 0)) as recomputed
      from plan_jobs t
      join plans p on p.province_id = ${provinceId} and p.id = t.plan_id
      left join (
        select h.facts ->> 'plan' as plan,
          sum(h.people) filter (where h.verb = 'employment.raisePromise') as raised,
          sum(h.people) filter (where h.verb = 'employment.register') as registered,
          sum(h.people) filter (where h.verb = 'employment.verify') as verified,
          sum(h.people) filter (where h.verb = 'employment.confirmAlive') as alive
        from history h where ${standing(provinceId)} and h.verb like 'employment.%'
        group by h.facts ->> 'plan'
      ) h on h.plan = t.plan_id::text
      where t.province_id = ${provinceId}
        and (t.expected, t.registered, t.verified, t.alive) is distinct from
          (p.people + coalesce(h.raised, 0), coalesce(h.registered, 0), coalesce(h.verified, 0),
            coalesce(h.alive, 0))
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'plan_jobs', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** Everybody who is counted has a job that counts, from the day on that the record says, and the other way round. */
const peopleCounted: Check = {
  name: 'employment.people',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Compared & { job: string | null }>`
      select coalesce(j.case_id, k.case_id) as id,
        k.national_id || ' ' || c.counted_on as kept, j.national_id || ' ' || j.counted_on as recomputed
      from (select * from counted_people where province_id = ${provinceId}) c
      full join (
        select j.id, j.case_id, p.national_id, j.registered_on as counted_on
        from jobs j join people p on p.province_id = ${provinceId} and p.id = j.person_id
        where j.province_id = ${provinceId} and j.taken_back_at is null and j.uncounted_for is null
      ) j on j.id = c.job_id and j.national_id = c.national_id and j.counted_on = c.counted_on
      left join (
        select j.id, j.case_id, p.national_id from jobs j
        join people p on p.province_id = ${provinceId} and p.id = j.person_id
        where j.province_id = ${provinceId}
      ) k on k.id = c.job_id
      where c.national_id is null or j.id is null limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'counted_people', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

export const employmentChecks: readonly Check[] = [jobsRecorded, talliesKept, peopleCounted];
