import { sql } from 'kysely';
import { Type } from 'typebox';
import { type Reference, referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { formatJalali, type IsoDate, isoToday } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { enqueue, type JobHandlers, jobHandler } from '../platform/jobs.ts';
import { sayer } from '../platform/language.ts';
import { provinceContext } from '../platform/policy.ts';
import { sendSms } from '../platform/sms.ts';
import en from './en.ts';
import fa from './fa.ts';
import { confirmAlive, disputeJobs, verifyJobs } from './moves.ts';
import type { JobState } from './rules.ts';

const say = sayer({ fa: { employment: fa }, en: { employment: en } }, 'fa');

/** What somebody is asked about: whether they work there, or, a year on, whether they still do. */
type About = 'work' | 'alive';

/** In which states a job is asked about. */
const askedIn: Readonly<Record<About, readonly JobState[]>> = {
  work: ['registered', 'disputed'],
  alive: ['verified'],
};

/**
 * Asks people by SMS whether they are at work: a row each, and a message with the address where they say it,
 * signed in as themselves.
 * @throws Problem `platform.wrong_state`, `employment.ask_open` (409), `employment.no_mobile` (422)
 */
export async function askPeople(
  tx: Tx,
  act: Act,
  publicUrl: string,
  about: About,
  jobIds: readonly string[],
): Promise<void> {
  const { provinceId, now } = act;
  for (const job of await askedJobs(tx, provinceId, jobIds)) {
    const { state } = job;
    if (!askedIn[about].includes(state)) {
      throw new Problem('platform.wrong_state', { verb: 'employment.ask', state });
    }
    if (job.mobile === null) throw new Problem('employment.no_mobile');
    const ask = { province_id: provinceId, id: uuid7(now.getTime()), job_id: job.id, about };
    await tx
      .insertInto('job_asks')
      .values({ ...ask, person_id: job.personId, asked_at: now, asked_by: act.actorId })
      .execute();
    const text = say(`employment.sms.${about}`, {
      holder: job.holder,
      day: formatJalali(job.startedOn as IsoDate, 'fa', 'long'),
      address: `${publicUrl}/my`,
    });
    await sendSms(tx, { provinceId, mobile: job.mobile, text, now });
  }
}

type AskedJob = {
  readonly id: string;
  readonly personId: string;
  readonly state: JobState;
  readonly startedOn: string;
  readonly mobile: string | null;
  readonly holder: string;
};

async function askedJobs(tx: Tx, provinceId: number, ids: readonly string[]) {
  const { rows } = await sql<AskedJob>`
    select j.id, j.person_id as "personId", j.state, j.started_on as "startedOn", p.mobile,
      h.first_name || ' ' || h.last_name as holder
    from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id
    join plans l on l.province_id = ${provinceId} and l.id = j.plan_id
    join people h on h.province_id = ${provinceId} and h.id = l.person_id
    where j.province_id = ${provinceId} and j.id = any(${ids}::uuid[]) and j.taken_back_at is null
    order by j.id for update of j`.execute(tx);
  return rows;
}

/** What a person was asked about jobs of theirs, the newest first. */
export async function asksOf(tx: Tx, provinceId: number, personId: string) {
  const { rows } = await sql<{
    id: string;
    holder: string;
    relation: string;
    started_on: string;
    about: string;
    answer: string | null;
  }>`
    select a.id, h.first_name || ' ' || h.last_name as holder, j.relation, j.started_on, a.about,
      a.answer
    from job_asks a
    join jobs j on j.province_id = ${provinceId} and j.id = a.job_id and j.taken_back_at is null
    join plans l on l.province_id = ${provinceId} and l.id = j.plan_id
    join people h on h.province_id = ${provinceId} and h.id = l.person_id
    where a.province_id = ${provinceId} and a.person_id = ${personId}::uuid
    order by a.id desc limit 50`.execute(tx);
  return rows.map(({ id, holder, relation, started_on, about, answer }) => ({
    code: encodeCode(provinceId, id),
    ...{ holder, relation, startedOn: started_on, about, answer },
  }));
}

/**
 * Keeps what a person says of their own job; a job in the background makes of it what the rules allow.
 * @throws Problem `employment.no_ask` (409) when they were not asked, or have answered
 */
export async function answerAsk(
  tx: Tx,
  act: Act,
  personId: string,
  { askId, answer }: { readonly askId: string; readonly answer: 'yes' | 'no' },
): Promise<void> {
  const { rows } = await sql`
    update job_asks set answer = ${answer}::text, answered_at = ${act.now}::timestamptz
    where province_id = ${act.provinceId} and id = ${askId}::uuid and person_id = ${personId}::uuid
      and answer is null returning id`.execute(tx);
  if (rows.length === 0) throw new Problem('employment.no_ask');
  const payload = { provinceId: act.provinceId, askId, opId: act.opId };
  await enqueue(tx, 'employment.takeAnswer', payload);
}

const takePayload = Type.Object({
  provinceId: Type.Integer(),
  askId: Type.String(),
  opId: Type.String(),
});

/** The job that turns an answer into a step of the job, once. */
export const askJobs: JobHandlers = {
  'employment.takeAnswer': jobHandler(takePayload, async (payload, { database, clock }) => {
    const { provinceId, askId, opId } = payload;
    const now = clock.now();
    const today = isoToday(now.getTime(), clock.zone);
    const act = { provinceId, actorId: null, organisationId: null, now, today, opId };
    const reference = await referenceOf(database);
    await database.transaction(provinceContext(provinceId), (tx) =>
      takeAnswer(tx, act, reference, askId),
    );
  }),
};

/** What an answer makes of its job, where that still stands as it did when it was asked about. */
export async function takeAnswer(
  tx: Tx,
  act: Act,
  reference: Reference,
  askId: string,
): Promise<void> {
  const { rows } = await sql<{ jobId: string; about: About; answer: string; state: JobState }>`
    select a.job_id as "jobId", a.about, a.answer, j.state from job_asks a
    join jobs j on j.province_id = ${act.provinceId} and j.id = a.job_id and j.taken_back_at is null
    where a.province_id = ${act.provinceId} and a.id = ${askId}::uuid and a.answer is not null
    for update of j`.execute(tx);
  const [ask] = rows;
  if (!ask || !askedIn[ask.about].includes(ask.state)) return;
  const { jobId, about, answer } = ask;
  const detail = say(`employment.sms.${answer === 'yes' ? 'saidYes' : 'saidNo'}`);
  const seen = { jobId, through: 'sms' as const, detail };
  if (answer === 'yes') {
    if (about === 'work') await verifyJobs(tx, act, [seen]);
    else await confirmAlive(tx, act, reference, [seen]);
  } else if (ask.state === 'registered') {
    await disputeJobs(tx, act, [{ jobId, reason: detail }]);
  }
}
