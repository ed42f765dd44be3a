import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { eachProvince, holidaysOf, limitOn, type Reference } from '../accounts/index.ts';
import { isoToday } from '../kit/jalali.ts';
import { isProblem } from '../kit/problem.ts';
import { endOfLimit } from '../kit/working-days.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import type { Log } from '../platform/telemetry.ts';
import { grantBySilence, silenceOf, waitingCases } from './silence.ts';

/** How many cases one transaction looks at, so that none of them is long. */
const batch = 100;
const first = '00000000-0000-0000-0000-000000000000';

type Watch = {
  readonly database: Database;
  readonly reference: Reference;
  readonly act: Omit<Act, 'opId'>;
  readonly log: Pick<Log, 'warn'>;
};

/** What one round of the clock did in one province. */
export type Watched = { warned: number; escalated: number; issued: number };

/** The job behind the deadline clock; hourly. */
export const deadlineJobs: JobHandlers = {
  'permits.watchDeadlines': async (_payload, { database, clock, log }) => {
    await eachProvince(database, async (provinceId, reference) => {
      await watchDeadlines(database, reference, clock, provinceId, log);
    });
  },
};

/**
 * One round of a province's deadline clock: warns of deadlines that come near, escalates those that
 * passed, and issues by silence what the law says is issued. Each part notes what it did in the
 * transaction that does it, so a round that was killed is simply run again.
 */
export async function watchDeadlines(
  database: Database,
  reference: Reference,
  clock: Clock,
  provinceId: number,
  log: Pick<Log, 'warn'>,
): Promise<Watched> {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  const act = { provinceId, actorId: null, organisationId: null, now, today };
  const watch = { database, reference, act, log };
  const began = await database.transaction(provinceContext(provinceId), async (tx) => {
    const began = await noteWatch(tx, act);
    return { since: began, ...(await noteDeadlines(tx, reference, act)) };
  });
  const issued = await issueSilent(watch, began.since);
  return { warned: began.warned, escalated: began.escalated, issued };
}

/** Since when this province's clock has been watched: the moment of its first round. */
async function noteWatch(tx: Tx, { provinceId, now }: Watch['act']): Promise<Date> {
  const { began_at } = await tx
    .insertInto('deadline_watches')
    .values({ province_id: provinceId, began_at: now, watched_at: now })
    .onConflict((conflict) => conflict.column('province_id').doUpdateSet({ watched_at: now }))
    .returning('began_at')
    .executeTakeFirstOrThrow();
  return began_at;
}

async function noteDeadlines(tx: Tx, reference: Reference, act: Watch['act']) {
  const { provinceId, today } = act;
  const near = limitOn(reference, 'permits.warning_limit', provinceId, today);
  const until = endOfLimit(today, near, holidaysOf(reference, provinceId, today));
  const soon = sql`c.due_on between ${today}::date and ${until}::date`;
  const late = sql`c.due_on < ${today}::date`;
  const holder = sql`case c.holder when 'directorate' then 'DIRECTORATE'
    when 'bank' then c.bank_id else c.agency_id end`;
  return {
    warned: await note(tx, act, 'warned', holder, soon),
    escalated: await note(tx, act, 'escalated', sql`'DIRECTORATE'`, late),
  };
}

/** One notice for each case and deadline, told to an organisation. @returns how many are new */
async function note(
  tx: Tx,
  { provinceId, now }: Watch['act'],
  level: 'warned' | 'escalated',
  organisation: ReturnType<typeof sql>,
  when: ReturnType<typeof sql>,
): Promise<number> {
  const { rows } = await sql`
    insert into deadline_notices (province_id, case_id, due_on, level, organisation_id, recorded_at)
    select c.province_id, c.id, c.due_on, ${level}::text, ${organisation}, ${now}::timestamptz
    from cases c
    where c.province_id = ${provinceId}::integer
      and c.holder in ('agency', 'clearing', 'directorate', 'bank') and ${when}
    on conflict (province_id, case_id, due_on, level) do nothing
    returning case_id`.execute(tx);
  return rows.length;
}

async function issueSilent(watch: Watch, watchedSince: Date): Promise<number> {
  let issued = 0;
  for (let after: string | undefined = first; after !== undefined; ) {
    const from: string = after;
    const round = await issueBatch(watch, watchedSince, from, batch).catch((error) => {
      if (!isProblem(error)) throw error;
      return issueOneByOne(watch, watchedSince, from);
    });
    issued += round.issued;
    after = round.last;
  }
  return issued;
}

type Round = { readonly issued: number; readonly last: string | undefined };

function issueBatch(
  { database, reference, act }: Watch,
  watchedSince: Date,
  after: string,
  limit: number,
): Promise<Round> {
  return database.transaction(provinceContext(act.provinceId), async (tx) => {
    const from = { watchedSince, after, limit };
    const waiting = await waitingCases(tx, reference, act.provinceId, from);
    const inputs = waiting.flatMap(
      (it) => silenceOf(reference, act.provinceId, act.today, it) ?? [],
    );
    if (inputs.length > 0) {
      await grantBySilence(tx, { ...act, opId: randomUUID() }, reference, inputs);
    }
    return { issued: inputs.length, last: waiting.at(-1)?.id };
  });
}

/** A case that the rules hold back must not hold back those beside it. */
async function issueOneByOne(watch: Watch, watchedSince: Date, after: string): Promise<Round> {
  const { database, reference, act, log } = watch;
  const waiting = await database.transaction(provinceContext(act.provinceId), (tx) =>
    waitingCases(tx, reference, act.provinceId, { watchedSince, after, limit: batch }),
  );
  let issued = 0;
  let before = after;
  for (const { id } of waiting) {
    const round = await issueBatch(watch, watchedSince, before, 1).catch((error) => {
      if (!isProblem(error)) throw error;
      log.warn({ case: id, problem: error.code }, 'silence could not issue a case');
      return { issued: 0, last: id };
    });
    issued += round.issued;
    before = id;
  }
  return { issued, last: waiting.at(-1)?.id };
}
