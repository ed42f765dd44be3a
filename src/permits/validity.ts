import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { eachOf, type Reference, referenceOf, settingOn } from '../accounts/index.ts';
import { addDays, formatJalali, type IsoDate, isoToday } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { JobHandlers, JobSurroundings } from '../platform/jobs.ts';
import type { Say } from '../platform/language.ts';
import { provinceContext } from '../platform/policy.ts';
import { sendSms } from '../platform/sms.ts';
import { takeLifeStep } from './life.ts';
import { tellApplicants } from './tell.ts';

/** How many permits one transaction ends or gives notice of, so that none of them is long. */
const batch = 500;

/** The job that the clock starts: permits past their last day expire, holders hear of it in time. */
export function validityJobs(say: Say): JobHandlers {
  return {
    'permits.watchValidity': async (_payload, around) => {
      await watchValidity(around, say);
    },
  };
}

/**
 * Ends the permits whose last day has passed, and tells holders once, some days before (setting
 * `permits.renewal_notice`), that renewal can be asked for. Running it again does nothing more.
 */
export async function watchValidity(
  { database, clock }: Pick<JobSurroundings, 'database' | 'clock'>,
  say: Say,
): Promise<{ expired: number; told: number }> {
  const reference = await referenceOf(database);
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  const done = { expired: 0, told: 0 };
  await eachOf(await provincesWithPermits(database), async (provinceId) => {
    const actor = { provinceId, actorId: null, organisationId: null, now, today };
    const inBatches = async (work: (tx: Tx, act: Act) => Promise<number>) => {
      for (let sum = 0; ; ) {
        const act = { ...actor, opId: randomUUID() };
        const some = await database.transaction(provinceContext(provinceId), (tx) => work(tx, act));
        sum += some;
        if (some < batch) return sum;
      }
    };
    done.expired += await inBatches((tx, act) => expireSome(tx, act, reference));
    done.told += await inBatches((tx, act) => tellSome(tx, act, reference, say));
  });
  return done;
}

async function provincesWithPermits(database: Database): Promise<number[]> {
  const everywhere = { province: 'all', organisation: '', person: '' } as const;
  const rows = await database.transaction(everywhere, (tx) =>
    tx.selectFrom('permits').select('province_id').distinct().execute(),
  );
  return rows.map((row) => row.province_id);
}

async function expireSome(tx: Tx, act: Act, reference: Reference): Promise<number> {
  const { rows } = await sql<{ id: string; until: IsoDate; since: IsoDate }>`
    select c.id, p.valid_until as until, c.state_since as since
    from permits p
    join cases c on c.province_id = ${act.provinceId} and c.id = p.case_id and c.state = 'issued'
    where p.province_id = ${act.provinceId} and p.taken_back_at is null
      and p.valid_until < ${act.today}::date
    order by c.id limit ${batch}`.execute(tx);
  const inputs = rows.map(({ id, until, since }) => {
    const [, later = since] = [addDays(until, 1), since].sort();
    return { caseId: id, happenedOn: later };
  });
  if (inputs.length > 0) await takeLifeStep(tx, act, reference, 'permits.expire', inputs);
  const ids = inputs.map(({ caseId }) => caseId);
  await tellApplicants(tx, act, reference, 'permits.expire', ids);
  return inputs.length;
}

type Ending = { id: string; number: string; until: IsoDate; mobile: string | null };

async function tellSome(tx: Tx, act: Act, reference: Reference, say: Say): Promise<number> {
  const notice = settingOn(reference, 'permits.renewal_notice', act.provinceId, act.today);
  const last = addDays(act.today as IsoDate, Number(notice));
  const { rows } = await sql<Ending>`
    update permits p set notice_on = p.valid_until
    from cases c, people h
    where p.province_id = ${act.provinceId} and c.province_id = ${act.provinceId}
      and h.province_id = ${act.provinceId} and c.id = p.case_id and h.id = c.person_id
      and p.id in (
        select p.id from permits p join cases c
          on c.province_id = ${act.provinceId} and c.id = p.case_id and c.state = 'issued'
        where p.province_id = ${act.provinceId} and p.taken_back_at is null
          and p.valid_until between ${act.today}::date and ${last}::date
          and p.notice_on is distinct from p.valid_until
        order by p.id limit ${batch} for update of p skip locked)
    returning p.id, p.number, p.valid_until as until, h.mobile`.execute(tx);
  for (const { number, until, mobile } of rows) {
    if (mobile === null) continue;
    const day = formatJalali(until, 'fa', 'long');
    const text = say('permits.sms.renewal', { number: toPersianDigits(number), day });
    await sendSms(tx, { provinceId: act.provinceId, mobile, text, now: act.now });
  }
  return rows.length;
}
