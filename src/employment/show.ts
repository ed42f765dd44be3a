import { sql } from 'kysely';
import { organisationLabel, provinceLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { availableVerbs } from '../kit/steps.ts';
import { maskedId } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import { employmentPermissions } from './policy.ts';
import { type JobState, jobSteps, relations } from './rules.ts';
import { countRuleOn } from './settings.ts';

type Key = { readonly provinceId: number; readonly id: string };
type Reader = {
  readonly principal: Principal;
  readonly reference: Reference;
  readonly today: string;
};

/** The people at work in a case's plans, and how far the promise has come; who may see it is asked before. */
export async function jobsOfCase(tx: Tx, reader: Reader, key: Key) {
  const { provinceId } = key;
  const [plan, rows] = [await planOf(tx, key), await rowsOf(tx, key)];
  const ids = rows.map(({ id }) => id);
  const evidence = await evidenceOf(tx, provinceId, ids);
  const others = await othersOf(tx, provinceId, ids);
  // What shows that people are at work is for those who look after it, not for the bank or the holder.
  const looks = holds(reader.principal, 'employment.list') && reader.principal.role !== 'bank';
  const { relations: counted } = countRuleOn(reader.reference, provinceId, reader.today);
  return {
    expected: plan?.expected ?? 0,
    registered: plan?.registered ?? 0,
    verified: plan?.verified ?? 0,
    alive: plan?.alive ?? 0,
    mayRegister: plan?.state === 'paying' && holds(reader.principal, 'employment.register'),
    holder: {
      name: `${plan?.first_name ?? ''} ${plan?.last_name ?? ''}`,
      nationalId: plan ? maskedId(reader.principal, plan.national_id) : '',
    },
    relations: relations.filter((one) => counted.includes(`${plan?.kind}:${one}`)),
    jobs: rows.map((row) => ({
      ...toLine(reader, provinceId, row),
      ...{ registeredBy: nameOf(row.registered_fa, row.registered_en) },
      ...{ verifiedBy: nameOf(row.verified_fa, row.verified_en), endReason: row.end_reason },
      ...{ asked: row.asked, hasMobile: row.mobile !== null },
      evidence: (looks && evidence.get(row.id)) || [],
      insurance: looks ? insuranceOf(row) : null,
      others: (others.get(row.id) ?? []).map((one) => toOther(reader, one)),
      acts: actsOn(reader.principal, row),
    })),
  };
}

function holds({ role }: Principal, permission: string): boolean {
  return employmentPermissions[permission]?.includes(role) ?? false;
}

const nameOf = (fa: string | null, en: string | null) =>
  fa === null ? null : { fa, en: en ?? '' };

/** The steps that somebody may take on a job now. */
function actsOn(
  principal: Principal,
  row: Pick<Row, 'state' | 'recheck' | 'registered_by' | 'verified_by'>,
): string[] {
  const own = principal.accountId;
  const verbs = availableVerbs(jobSteps, row.state).filter((verb) => holds(principal, verb));
  const acts = verbs.filter((verb) => verb !== 'employment.verify' || row.registered_by !== own);
  const open = row.recheck === 'open';
  const free = acts.filter((verb) => !open || !/end|confirmAlive/.test(verb));
  const again = open && holds(principal, 'employment.recheck') && row.verified_by !== own;
  return [...free, ...(again ? ['employment.recheck'] : [])];
}

/** The newest plan of the case with its promise and its holder. */
async function planOf(tx: Tx, { provinceId, id }: Key) {
  const { rows } = await sql<{
    expected: number;
    registered: number;
    verified: number;
    alive: number;
    state: string;
    kind: string;
    first_name: string;
    last_name: string;
    national_id: string;
  }>`
    select coalesce(t.expected, p.people) as expected, coalesce(t.registered, 0) as registered,
      coalesce(t.verified, 0) as verified, coalesce(t.alive, 0) as alive, p.state, p.kind,
      e.first_name, e.last_name, e.national_id
    from plans p
    join people e on e.province_id = ${provinceId} and e.id = p.person_id
    left join plan_jobs t on t.province_id = ${provinceId} and t.plan_id = p.id
    where p.province_id = ${provinceId} and p.case_id = ${id}::uuid and p.state <> 'void'
    order by p.id desc limit 1`.execute(tx);
  return rows[0];
}

/** What a line of a job needs, wherever it is listed. */
export type LineRow = {
  readonly id: string;
  readonly case_id: string;
  readonly relation: string;
  readonly state: JobState;
  readonly started_on: string;
  readonly ended_on: string | null;
  readonly verified_on: string | null;
  readonly verified_through: string | null;
  readonly alive_on: string | null;
  readonly uncounted_for: string | null;
  readonly agency_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly national_id: string;
  readonly recheck: string | null;
};

/** The columns of {@link LineRow}, of a job `j` and its person `p`. */
export const lineColumns = (
  provinceId: number,
) => sql`j.id, j.case_id, j.relation, j.state, j.started_on,
  j.ended_on, j.verified_on, j.verified_through, j.alive_on, j.uncounted_for, j.agency_id,
  p.first_name, p.last_name, p.national_id,
  (select case when not r.drawn then null else coalesce(r.outcome, 'open') end
    from job_rechecks r where r.province_id = ${provinceId} and r.job_id = j.id and r.drawn
    order by r.draw_id desc limit 1) as recheck`;

type Row = LineRow & {
  readonly registered_by: string | null;
  readonly verified_by: string | null;
  readonly mobile: string | null;
  readonly end_reason: string | null;
  readonly registered_fa: string | null;
  readonly registered_en: string | null;
  readonly verified_fa: string | null;
  readonly verified_en: string | null;
  readonly asked: string | null;
  readonly rate_bp: number | null;
  readonly state_bp: number;
  readonly insurance_number: string;
  readonly begins_on: string;
  readonly paid_until_on: string;
};

async function rowsOf(tx: Tx, { provinceId, id }: Key): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${lineColumns(provinceId)}, j.registered_by, j.verified_by, p.mobile, j.end_reason,
      r.name_fa as registered_fa, r.name_en as registered_en,
      v.name_fa as verified_fa, v.name_en as verified_en,
      (select coalesce(a.answer, 'open') from job_asks a
        where a.province_id = ${provinceId} and a.job_id = j.id order by a.id desc limit 1) as asked,
      i.rate_bp, i.state_bp, i.insurance_number, i.begins_on, i.paid_until_on
    from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id
    left join accounts r on r.province_id = ${provinceId} and r.id = j.registered_by
    left join accounts v on v.province_id = ${provinceId} and v.id = j.verified_by
    left join job_insurances i on i.province_id = ${provinceId} and i.job_id = j.id
    where j.province_id = ${provinceId} and j.case_id = ${id}::uuid and j.taken_back_at is null
    order by j.id`.execute(tx);
  return rows;
}

/** A job as lists show it. */
export function toLine(
  { principal, reference }: Pick<Reader, 'principal' | 'reference'>,
  provinceId: number,
  row: LineRow,
) {
  return {
    code: encodeCode(provinceId, row.id),
    caseCode: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    ...{ relation: row.relation, state: row.state, startedOn: row.started_on },
    ...{ endedOn: row.ended_on, verifiedOn: row.verified_on, through: row.verified_through },
    ...{ aliveOn: row.alive_on, uncountedFor: row.uncounted_for, recheck: row.recheck },
    agency: organisationLabel(reference, row.agency_id),
  };
}

function insuranceOf(row: Row) {
  if (row.rate_bp === null) return null;
  return {
    ...{ rateBp: row.rate_bp, stateBp: row.state_bp, number: row.insurance_number },
    ...{ beginsOn: row.begins_on, paidUntil: row.paid_until_on },
  };
}

async function evidenceOf(tx: Tx, provinceId: number, jobIds: readonly string[]) {
  const { rows } = await sql<{
    job_id: string;
    kind: string;
    detail: string;
    seen_on: string;
    name_fa: string | null;
    name_en: string | null;
  }>`
    select e.job_id, e.kind, e.detail, e.seen_on, a.name_fa, a.name_en from job_evidence e
    left join accounts a on a.province_id = ${provinceId} and a.id = e.account_id
    where e.province_id = ${provinceId} and e.job_id = any(${jobIds}::uuid[])
    order by e.id`.execute(tx);
  const lines = rows.map((row) => ({
    jobId: row.job_id,
    line: {
      ...{ kind: row.kind, detail: row.detail, seenOn: row.seen_on },
      by: nameOf(row.name_fa, row.name_en),
    },
  }));
  return new Map(
    [...Map.groupBy(lines, ({ jobId }) => jobId)].map(([id, all]) => [id, all.map((l) => l.line)]),
  );
}

type Other = {
  readonly job_id: string;
  readonly province_id: number;
  readonly case_id: string | null;
  readonly agency_id: string | null;
  readonly bank_id: string | null;
  readonly since: string;
  readonly counts: boolean;
};

/** Where else the people of these jobs are at work or counted, in this province and elsewhere. */
async function othersOf(tx: Tx, provinceId: number, jobIds: readonly string[]) {
  const { rows } = await sql<Other>`
    select j.id as job_id, ${provinceId}::integer as province_id, o.case_id, o.agency_id, o.bank_id,
      o.started_on as since, o.uncounted_for is null as counts
    from jobs j
    join jobs o on o.province_id = ${provinceId} and o.person_id = j.person_id and o.id <> j.id
      and o.taken_back_at is null
    where j.province_id = ${provinceId} and j.id = any(${jobIds}::uuid[])`.execute(tx);
  const all = [...rows, ...(await countedElsewhere(tx, provinceId, jobIds))];
  all.sort((one, other) => one.since.localeCompare(other.since));
  return Map.groupBy(all, ({ job_id }) => job_id);
}

/** Where the people of these jobs are counted in other provinces: the country's own table knows them by number. */
async function countedElsewhere(
  tx: Tx,
  provinceId: number,
  jobIds: readonly string[],
): Promise<Other[]> {
  const { rows: own } = await sql<{ job_id: string; national_id: string }>`
    select j.id as job_id, p.national_id from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id
    where j.province_id = ${provinceId} and j.id = any(${jobIds}::uuid[])`.execute(tx);
  const { rows } = await sql<Omit<Other, 'job_id'> & { national_id: string }>`
    select national_id, province_id, null as case_id, null as agency_id, null as bank_id,
      counted_on as since, true as counts from counted_people
    where national_id = any(${own.map(({ national_id }) => national_id)}::text[])
      and province_id <> ${provinceId}`.execute(tx);
  const counted = Map.groupBy(rows, ({ national_id }) => national_id);
  return own.flatMap(({ job_id, national_id }) =>
    (counted.get(national_id) ?? []).map((row) => ({ ...row, job_id })),
  );
}

/** An agency and a bank learn of another's job that there is one, where and since when, and no more. */
function toOther({ principal, reference }: Reader, row: Other) {
  const { role, organisationId } = principal;
  const theirs =
    role === 'expert'
      ? row.agency_id === organisationId
      : role === 'bank'
        ? row.bank_id === organisationId
        : role !== 'citizen' && role !== 'counter';
  return {
    caseCode: row.case_id !== null && theirs ? encodeCode(row.province_id, row.case_id) : null,
    agency: row.agency_id === null ? null : organisationLabel(reference, row.agency_id),
    province: provinceLabel(reference, row.province_id),
    ...{ since: row.since, counts: row.counts },
  };
}
