import { sql } from 'kysely';
import { uuid7 } from '../../kit/uuid7.ts';
import type { PermitChange, PermitSubscriber } from '../../permits/index.ts';
import { caseKey } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { enqueueMany } from '../../platform/jobs.ts';
import { provinceContext } from '../../platform/policy.ts';
import { endedPlanStates } from '../rules.ts';

/** What a bank can be told of. */
export type BankEvent =
  | 'plan.referred'
  | 'plan.withdrawn'
  | 'plan.taken_back'
  | 'permit.suspended'
  | 'permit.reinstated'
  | 'permit.revoked'
  | 'permit.ended';

type Happened = { planId: string; bankId: string; stepId: string };

/**
 * Tells banks that have a webhook of the steps that the caller's act has just taken on the plans of these
 * cases, in the caller's transaction: a row and a job each. Called by what people do one by one; loading a
 * register or the demonstration tells nobody, and the list of referrals has it all the same.
 */
export async function tellBanks(
  tx: Tx,
  act: Act,
  event: BankEvent,
  caseIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<Happened>`
    select distinct on (h.case_id) p.id as "planId", p.bank_id as "bankId", h.id as "stepId"
    from history h
    join plans p on p.province_id = ${act.provinceId} and p.case_id = h.case_id
      and p.id::text = h.facts ->> 'plan'
    where h.province_id = ${act.provinceId} and h.op_id = ${act.opId}::uuid
      and h.case_id = any(${caseIds}::uuid[])
    order by h.case_id, h.seq desc`.execute(tx);
  await keepEvents(tx, act.provinceId, event, rows, act.now);
}

/** Keeps what is to be told to banks that have a webhook, once for a step, with the job that delivers it. */
async function keepEvents(
  tx: Tx,
  provinceId: number,
  event: BankEvent,
  happened: readonly Happened[],
  now: Date,
): Promise<void> {
  if (happened.length === 0) return;
  const of = (pick: (one: Happened) => string) => happened.map(pick);
  const { rows } = await sql<{ id: string }>`
    insert into bank_events (province_id, id, bank_id, plan_id, step_id, event, recorded_at)
    select ${provinceId}::integer, i.id, i.bank_id, i.plan_id, i.step_id, ${event}::text,
      ${now}::timestamptz
    from unnest(${happened.map(() => uuid7(now.getTime()))}::uuid[], ${of((e) => e.bankId)}::text[],
      ${of((e) => e.planId)}::uuid[], ${of((e) => e.stepId)}::uuid[])
      as i(id, bank_id, plan_id, step_id)
    join bank_webhooks w on w.province_id = ${provinceId}::integer and w.bank_id = i.bank_id
    on conflict on constraint bank_events_step_once do nothing
    returning id`.execute(tx);
  const jobs = rows.map(({ id }) => ({ name: deliverJob, payload: { provinceId, id } }));
  await enqueueMany(tx, jobs);
}

/** The job that delivers one event. */
export const deliverJob = 'financing.deliverEvent';

const permitEvents: Readonly<Record<string, BankEvent>> = {
  'permits.suspend': 'permit.suspended',
  'permits.reinstate': 'permit.reinstated',
  'permits.revoke': 'permit.revoked',
  'permits.end': 'permit.ended',
};

/** Tells the bank of a plan that still asks for something when its permit is stopped or given back. */
export const tellBankOfPermit: PermitSubscriber = async (change, { database, clock }) => {
  const event = eventOf(change);
  if (!event) return;
  const { provinceId, id } = caseKey(change.code);
  await database.transaction(provinceContext(provinceId), async (tx) => {
    const { rows } = await sql<Happened>`
      select p.id as "planId", p.bank_id as "bankId", h.id as "stepId"
      from plans p
      join lateral (select id from history where province_id = ${provinceId} and case_id = p.case_id
        and verb = ${change.verb} and sign = ${change.takenBack ? -1 : 1}
        order by seq desc limit 1) h on true
      where p.province_id = ${provinceId} and p.case_id = ${id}::uuid
        and p.state <> all(${endedPlanStates}::text[])`.execute(tx);
    await keepEvents(tx, provinceId, event, rows, clock.now());
  });
};

/** A stop that was taken back is a permit given back; the other way round the list tells enough. */
function eventOf({ verb, takenBack }: PermitChange): BankEvent | undefined {
  const event = permitEvents[verb];
  if (!takenBack || event === undefined) return event;
  return event === 'permit.reinstated' ? 'permit.suspended' : 'permit.reinstated';
}
