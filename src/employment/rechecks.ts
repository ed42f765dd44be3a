import { sql } from 'kysely';
import type { Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { toStoredRow } from '../platform/history-row.ts';
import { reversalOf } from '../platform/standing.ts';
import { employmentCounts } from './counts.ts';
import { drawAgain } from './draw.ts';
import { asItStands, type JobAt, jobStepOf, lockJobs } from './moves.ts';
import { type MovedJob, saveJobs } from './queries.ts';
import { recheckShareOn } from './settings.ts';
import { changeTallies } from './tallies.ts';

/**
 * Draws by chance which verified jobs somebody else looks at again, among those whose verification was in
 * no draw before; everyone that could have been drawn is kept with the seed.
 * @returns the draw's id
 * @throws Problem `employment.nobody_to_draw` (409)
 */
export async function drawRechecks(
  tx: Tx,
  act: Act,
  reference: Reference,
  seed: string = act.opId,
): Promise<string> {
  const { provinceId, now, today } = act;
  const { rows } = await sql<{ id: string; step: string; by: string | null }>`
    select j.id, j.verify_step_id as step, j.verified_by as by from jobs j
    where j.province_id = ${provinceId} and j.state = 'verified' and j.taken_back_at is null
      and not exists (select 1 from job_rechecks r where r.province_id = ${provinceId}
        and r.verify_step_id = j.verify_step_id)
    order by j.id for update of j`.execute(tx);
  if (rows.length === 0) throw new Problem('employment.nobody_to_draw');
  const shareBp = recheckShareOn(reference, provinceId, today);
  const drawn = drawAgain(
    rows.map(({ step }) => step),
    { seed, shareBp },
  );
  const id = uuid7(now.getTime());
  const draw = { province_id: provinceId, id, seed, share_bp: shareBp, drawn_on: today };
  await tx
    .insertInto('recheck_draws')
    .values({ ...draw, account_id: act.actorId, recorded_at: now })
    .execute();
  await sql`
    insert into job_rechecks (province_id, draw_id, verify_step_id, job_id, drawn, verified_by)
    select ${provinceId}::integer, ${id}::uuid, i.*
    from unnest(${rows.map(({ step }) => step)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
      ${rows.map(({ step }) => drawn.has(step))}::boolean[], ${rows.map(({ by }) => by)}::uuid[])
      as i`.execute(tx);
  return id;
}

export type RecheckInput = {
  readonly jobId: string;
  readonly agrees: boolean;
  /** What the second look found. */
  readonly note: string;
};

/**
 * Says what the second look at drawn jobs found. Where it does not agree, the verification is taken back and
 * the job is disputed; that it was looked at, and not borne out, stays counted.
 * @throws Problem `platform.not_found`, `employment.no_recheck`, `employment.same_person` (409),
 * `employment.detail_missing` (422)
 */
export async function recheckJobs(
  tx: Tx,
  act: Act,
  inputs: readonly RecheckInput[],
): Promise<void> {
  const ids = inputs.map(({ jobId }) => jobId);
  const locked = await lockJobs(tx, act.provinceId, ids);
  const open = await openRechecks(tx, act.provinceId, ids);
  const doing = inputs.map(({ note, ...input }) => {
    const at = locked.get(input.jobId) as JobAt;
    const step = open.get(input.jobId);
    if (step === undefined) throw new Problem('employment.no_recheck');
    if (!note.trim()) throw new Problem('employment.detail_missing');
    const { verifiedBy } = at.job;
    if (act.actorId !== null && verifiedBy === act.actorId) {
      throw new Problem('employment.same_person');
    }
    return { ...input, at, step, note: normaliseText(note) };
  });
  await writeOutcomes(tx, act, doing);
  const steps = doing.map(({ at, agrees, note: reason }) => {
    const verb = agrees ? 'employment.agree' : 'employment.disagree';
    return jobStepOf(at, verb, { happenedOn: act.today, reason });
  });
  await recordSteps(tx, act, employmentCounts, steps);
  await unverify(
    tx,
    act,
    doing.filter(({ agrees }) => !agrees),
  );
}

type Rechecking = Omit<RecheckInput, 'note'> & {
  readonly at: JobAt;
  /** The verification that was looked at. */
  readonly step: string;
  readonly note: string;
};

async function openRechecks(tx: Tx, provinceId: number, jobIds: readonly string[]) {
  const rows = await tx
    .selectFrom('job_rechecks')
    .select(['job_id', 'verify_step_id'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`job_id = any(${jobIds}::uuid[])`)
    .where('drawn', '=', true)
    .where('outcome', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.job_id, row.verify_step_id]));
}

async function writeOutcomes(tx: Tx, act: Act, doing: readonly Rechecking[]): Promise<void> {
  const of = <T>(pick: (one: Rechecking) => T) => doing.map(pick);
  await sql`
    update job_rechecks r set outcome = i.outcome, note = i.note, checked_by = ${act.actorId}::uuid,
      checked_on = ${act.today}::date
    from unnest(${of((d) => d.step)}::uuid[],
      ${of((d) => (d.agrees ? 'agrees' : 'disagrees'))}::text[], ${of((d) => d.note)}::text[])
      as i(step, outcome, note)
    where r.province_id = ${act.provinceId}::integer and r.verify_step_id = i.step`.execute(tx);
}

/** Takes back the verifications that were not borne out: each measure loses them on their own day. */
async function unverify(tx: Tx, act: Act, doing: readonly Rechecking[]): Promise<void> {
  if (doing.length === 0) return;
  const steps = await tx
    .selectFrom('history')
    .selectAll()
    .where('province_id', '=', act.provinceId)
    .where(sql<boolean>`case_id = any(${doing.map(({ at }) => at.it.id)}::uuid[])`)
    .where(sql<boolean>`id = any(${doing.map(({ step }) => step)}::uuid[])`)
    .execute();
  const notes = new Map(doing.map(({ step, note }) => [step, note]));
  const reversals = steps.map((row) => reversalOf(toStoredRow(row), notes.get(row.id) ?? ''));
  await recordSteps(tx, act, employmentCounts, reversals);
  const none = { verifyStepId: null, verifiedOn: null, verifiedBy: null, verifiedThrough: null };
  const moved = doing.map(({ at: { job } }): MovedJob => {
    return { ...asItStands(job), state: 'disputed', ...none };
  });
  await saveJobs(tx, act.provinceId, moved);
  await changeTallies(
    tx,
    act.provinceId,
    doing.map(({ at: { job } }) => ({ planId: job.planId, caseId: job.caseId, verified: -1 })),
  );
}
