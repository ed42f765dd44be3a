import { sql } from 'kysely';
import type { Static } from 'typebox';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Role } from '../../platform/policy.ts';
import type { ReportQuestion } from './contract.ts';

type Question = Static<typeof ReportQuestion>;
export type Asking = {
  readonly name: string;
  readonly question: Question;
  readonly format: string;
};

/** Keeps a report of an account; gives its id. */
export async function insertReport(
  tx: Tx,
  act: Act,
  { name, question, format, every, nextOn }: Asking & { every: string; nextOn: string | null },
): Promise<string> {
  const id = uuid7(act.now.getTime());
  await sql`insert into reports (province_id, id, account_id, name, question, format, every, next_on, recorded_at)
    values (${act.provinceId}, ${id}, ${act.actorId}, ${name}, ${JSON.stringify(question)}::jsonb, ${format},
      ${every}, ${nextOn}::date, ${act.now})`.execute(tx);
  return id;
}

/** Writes that a report is to be run; gives the run's id. */
export async function insertRun(
  tx: Tx,
  at: { readonly provinceId: number; readonly now: Date },
  {
    name,
    question,
    format,
    accountId,
    reportId,
  }: Asking & { accountId: string; reportId: string | null },
): Promise<string> {
  const id = uuid7(at.now.getTime());
  await sql`insert into report_runs (province_id, id, report_id, account_id, name, question, format, state, asked_at)
    values (${at.provinceId}, ${id}, ${reportId}, ${accountId}, ${name}, ${JSON.stringify(question)}::jsonb,
      ${format}, 'waiting', ${at.now})`.execute(tx);
  return id;
}

/** The account's reports that have not ended, the newest first. */
export async function listReports(tx: Tx, provinceId: number, accountId: string) {
  return tx
    .selectFrom('reports')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
}

/** The account's newest runs. */
export async function listRuns(tx: Tx, provinceId: number, accountId: string) {
  return tx
    .selectFrom('report_runs')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(30)
    .execute();
}

/** Ends a report of an account; false when it has none of this id. */
export async function endReport(tx: Tx, act: Act, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update reports set ended_at = ${act.now}, every = 'never', next_on = null
    where province_id = ${act.provinceId} and id = ${id} and account_id = ${act.actorId}
      and ended_at is null returning id`.execute(tx);
  return rows.length > 0;
}

/** A run of an account, or undefined. */
export async function findRun(tx: Tx, provinceId: number, accountId: string, id: string) {
  return tx
    .selectFrom('report_runs')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A run that is not over, with the account it is for. */
export async function takeRun(tx: Tx, provinceId: number, id: string) {
  const { rows } = await sql<{
    name: string;
    question: Question;
    format: string;
    account_id: string;
    role: Role;
    organisation_id: string | null;
    person_id: string | null;
    mobile: string | null;
    closed_at: Date | null;
  }>`
    update report_runs r set state = 'running' from accounts a
    where r.province_id = ${provinceId} and r.id = ${id} and r.state in ('waiting', 'running')
      and a.province_id = ${provinceId} and a.id = r.account_id
    returning r.name, r.question, r.format, r.account_id, a.role, a.organisation_id, a.person_id, a.mobile,
      a.closed_at`.execute(tx);
  return rows[0];
}

/** Writes how a run ended: with a file, or with the problem that stopped it. */
export async function finishRun(
  tx: Tx,
  provinceId: number,
  id: string,
  end: { readonly now: Date } & ({ fileKey: string; rows: number } | { problem: string }),
): Promise<void> {
  const done = 'fileKey' in end;
  await sql`update report_runs set state = ${done ? 'done' : 'failed'}, finished_at = ${end.now},
      file_key = ${done ? end.fileKey : null}, rows_written = ${done ? end.rows : null}::integer,
      problem = ${done ? null : end.problem}
    where province_id = ${provinceId} and id = ${id} and state = 'running'`.execute(tx);
}

/** Reports that the clock has to ask by a day, each moved on to its next. */
export async function takeDue(tx: Tx, provinceId: number, today: string) {
  const { rows } = await sql<{
    id: string;
    account_id: string;
    name: string;
    question: Question;
    format: string;
    every: string;
  }>`
    select id, account_id, name, question, format, every from reports
    where province_id = ${provinceId} and next_on <= ${today}::date and ended_at is null
    order by id for update`.execute(tx);
  return rows;
}

/** Writes when a report is asked next; ISO. */
export async function setNext(tx: Tx, provinceId: number, id: string, day: string): Promise<void> {
  await sql`update reports set next_on = ${day}::date
    where province_id = ${provinceId} and id = ${id}`.execute(tx);
}

/** Runs whose files have been kept long enough: their keys, and the runs marked so. */
export async function expireRuns(tx: Tx, provinceId: number, before: Date): Promise<string[]> {
  const { rows } = await sql<{ file_key: string }>`
    with old as (
      select id, file_key from report_runs
      where province_id = ${provinceId} and state = 'done' and finished_at < ${before} for update
    ), gone as (
      update report_runs r set state = 'expired', file_key = null from old
      where r.province_id = ${provinceId} and r.id = old.id returning r.id
    )
    select file_key from old join gone on gone.id = old.id`.execute(tx);
  return rows.map(({ file_key }) => file_key);
}
