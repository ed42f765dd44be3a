import { sql } from 'kysely';
import { Type } from 'typebox';
import { referenceOf, settingOn } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { isoToday } from '../../kit/jalali.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import {
  enqueue,
  type JobHandlers,
  type JobSurroundings,
  jobHandler,
} from '../../platform/jobs.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { postOutside } from '../../platform/outgoing.ts';
import { provinceContext } from '../../platform/policy.ts';
import { signDelivery } from '../../platform/webhook-signature.ts';
import { deliverJob } from './events.ts';
import { secretOf } from './webhooks.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
/** How long to wait after the first failed try, the second, …; the last one again and again. */
const waits = [
  5 * seconds,
  minutes,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
  24 * hours,
];

const patience = 10 * seconds;

/** What deliveries meet besides the house. */
export type DeliverySurroundings = {
  /** Opens the secrets that sign deliveries. */
  readonly keyring: Keyring;
  /** May speak to its own machine over plain http. */
  readonly demonstration: boolean;
  readonly post?: typeof postOutside;
  /** The world's clock: a bank holds the time of a delivery to its own, whatever calendar the house goes by. */
  readonly world?: Clock;
  readonly waitAfter?: (tries: number) => number;
  /** How long a bank has to say that it has an event; 10 seconds when absent. */
  readonly patienceMs?: number;
};

/** Milliseconds to wait after so many failed tries. */
export function waitAfter(tries: number): number {
  return waits[Math.min(tries, waits.length) - 1] ?? 0;
}

/**
 * The job that delivers an event. It keeps trying, later each time, and gives up after the number of the
 * setting `financing.webhook_tries`; the same event always has the same id.
 */
export function deliveryJobs(around: DeliverySurroundings): JobHandlers {
  const payload = Type.Object({ provinceId: Type.Integer(), id: Type.String() });
  return {
    [deliverJob]: jobHandler(payload, ({ provinceId, id }, house) =>
      deliver(around, house, provinceId, id),
    ),
  };
}

async function deliver(
  around: DeliverySurroundings,
  house: JobSurroundings,
  provinceId: number,
  id: string,
): Promise<void> {
  const { database } = house;
  const context = provinceContext(provinceId);
  const waiting = await database.transaction(context, (tx) => findWaiting(tx, provinceId, id));
  if (!waiting) return;
  const fault = await send(around, provinceId, waiting);
  await database.transaction(context, (tx) =>
    fault === undefined
      ? markDelivered(tx, provinceId, waiting, house.clock.now())
      : markFailed(tx, around, house, provinceId, waiting, fault),
  );
  house.log.info({ event: waiting.event, tries: waiting.tries + 1, fault }, 'told a bank');
}

type Waiting = {
  id: string;
  event: string;
  planId: string;
  planState: string;
  recordedAt: Date;
  tries: number;
  url: string;
  secret: Buffer | null;
  sealed_secret: Buffer | null;
};

/** An event that is neither delivered nor given up, whose bank has a webhook still. */
async function findWaiting(tx: Tx, provinceId: number, id: string): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select e.id, e.event, e.plan_id as "planId", p.state as "planState",
      e.recorded_at as "recordedAt", e.tries, w.url, w.secret, w.sealed_secret
    from bank_events e
    join bank_webhooks w on w.province_id = ${provinceId} and w.bank_id = e.bank_id
    join plans p on p.province_id = ${provinceId} and p.id = e.plan_id
    where e.province_id = ${provinceId} and e.id = ${id}::uuid
      and e.delivered_at is null and e.given_up_at is null`.execute(tx);
  return rows[0];
}

/** @returns what went wrong; undefined when the bank said that it has the event */
async function send(
  {
    keyring,
    demonstration,
    post = postOutside,
    world = systemClock,
    patienceMs = patience,
  }: DeliverySurroundings,
  provinceId: number,
  { id, event, planId, planState, recordedAt, url, ...kept }: Waiting,
): Promise<string | undefined> {
  const referral = encodeCode(provinceId, planId);
  // The state is of now: events may come late and out of order.
  const data = { referral, state: planState };
  const body = JSON.stringify({ type: event, timestamp: recordedAt.toISOString(), data });
  const secret = secretOf(keyring, kept);
  const timestamp = Math.floor(world.now().getTime() / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Karkhaneh',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signDelivery(secret, id, timestamp, body),
  };
  try {
    const status = await post({ url, headers, body, timeoutMs: patienceMs, demonstration });
    return status >= 200 && status < 300 ? undefined : `HTTP ${status}`;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 300);
  }
}

/** Two workers may have sent it at once; the first to come back counts. */
async function markDelivered(
  tx: Tx,
  provinceId: number,
  { id, tries }: Waiting,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('bank_events')
    .set({ delivered_at: now, tries: tries + 1, last_fault: null, next_try_at: null })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where('delivered_at', 'is', null)
    .where('given_up_at', 'is', null)
    .execute();
}

async function markFailed(
  tx: Tx,
  around: DeliverySurroundings,
  { database, clock }: JobSurroundings,
  provinceId: number,
  { id, tries: before }: Waiting,
  fault: string,
): Promise<void> {
  const now = clock.now();
  const reference = await referenceOf(database);
  const today = isoToday(now.getTime(), clock.zone);
  const most = Number(settingOn(reference, 'financing.webhook_tries', provinceId, today));
  const tries = before + 1;
  const wait = (around.waitAfter ?? waitAfter)(tries);
  const ended = tries >= most;
  const { numUpdatedRows } = await tx
    .updateTable('bank_events')
    .set({
      tries,
      last_fault: fault,
      next_try_at: ended ? null : new Date(now.getTime() + wait),
      given_up_at: ended ? now : null,
    })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where('tries', '=', before)
    .where('delivered_at', 'is', null)
    .executeTakeFirst();
  if (ended || numUpdatedRows === 0n) return;
  const runAt = new Date((around.world ?? systemClock).now().getTime() + wait);
  await enqueue(tx, deliverJob, { provinceId, id }, { runAt });
}
