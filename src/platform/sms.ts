import { sql } from 'kysely';
import Type from 'typebox';
import { uuid7 } from '../kit/uuid7.ts';
import type { Config, SmsGatewayConfig } from './config.ts';
import type { Tx } from './database.ts';
import { enqueue, type JobHandlers, jobHandler } from './jobs.ts';

/** A message; one that is handed over twice has the same id, so that whoever takes it sends it once. */
export type Message = { readonly id: string; readonly mobile: string; readonly text: string };

/** The road on which messages leave. */
export interface Sms {
  /** Sends one message; rejects when the gateway did not take it, and is then asked again. */
  deliver(message: Message): Promise<void>;
  /** True when messages stay readable at /demo/outbox because nobody else gets them. */
  readonly keepsText: boolean;
}

/** The demonstration's road: messages stay in the outbox. */
export const outboxSms: Sms = { deliver: async () => {}, keepsText: true };

/** An HTTP gateway: POST {id, to, text} with a bearer token; any 2xx answer means taken. */
export function gatewaySms(gateway: SmsGatewayConfig, ask: typeof fetch = fetch): Sms {
  return {
    keepsText: false,
    async deliver({ id, mobile, text }) {
      const answer = await ask(gateway.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id, to: mobile, text }),
        signal: AbortSignal.timeout(15_000),
      });
      if (!answer.ok) throw new Error(`The SMS gateway answered ${answer.status}.`);
    },
  };
}

/** The road that the configuration names. */
export function openSms(config: Pick<Config, 'smsGateway'>): Sms {
  return config.smsGateway ? gatewaySms(config.smsGateway) : outboxSms;
}

/** Puts a message in the outbox and asks a worker to send it, in the caller's transaction. */
export async function sendSms(
  tx: Tx,
  message: {
    readonly provinceId: number;
    /** Normalised: 09… with eleven digits. */
    readonly mobile: string;
    readonly text: string;
    readonly now: Date;
    /** Whether it answers what the mobile wrote; see {@link countReplies}. */
    readonly isReply?: boolean;
  },
): Promise<void> {
  const { provinceId, mobile, text, now, isReply = false } = message;
  const id = uuid7(now.getTime());
  const row = { province_id: provinceId, id, mobile, text, created_at: now, is_reply: isReply };
  await Promise.all([
    tx.insertInto('sms_outbox').values(row).execute(),
    enqueue(tx, 'platform.deliverSms', { provinceId, id }),
  ]);
}

const dayMs = 24 * 3_600_000;

/**
 * How many replies a mobile got in the last 24 hours, of this province. Its messages are taken one after the other
 * from here to the end of the transaction, so that no two count the same.
 */
export async function countReplies(
  tx: Tx,
  { provinceId, mobile, now }: { provinceId: number; mobile: string; now: Date },
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`sms ${mobile}`}), ${provinceId})`.execute(tx);
  // Ids bear their time, so the day's messages lie together.
  const since = uuid7(now.getTime() - dayMs, (length) => new Uint8Array(length));
  const row = await tx
    .selectFrom('sms_outbox')
    .select((all) => all.fn.countAll<string>().as('replies'))
    .where('province_id', '=', provinceId)
    .where('id', '>=', since)
    .where('mobile', '=', mobile)
    .where('is_reply', '=', true)
    .executeTakeFirstOrThrow();
  return Number(row.replies);
}

const deliverPayload = Type.Object({ provinceId: Type.Integer(), id: Type.String() });

/** The job behind {@link sendSms}. */
export function smsJobs(sms: Sms): JobHandlers {
  return {
    'platform.deliverSms': jobHandler(deliverPayload, async ({ provinceId, id }, around) => {
      const context = { province: provinceId, organisation: '', person: '' };
      const waiting = await around.database.transaction(context, (tx) =>
        findWaiting(tx, provinceId, id),
      );
      if (!waiting) return;
      await sms.deliver(waiting);
      await around.database.transaction(context, (tx) =>
        tx
          .updateTable('sms_outbox')
          .set({ sent_at: around.clock.now(), ...(sms.keepsText ? {} : { text: null }) })
          .where('province_id', '=', provinceId)
          .where('id', '=', id)
          .execute(),
      );
    }),
  };
}

async function findWaiting(tx: Tx, provinceId: number, id: string): Promise<Message | undefined> {
  const row = await tx
    .selectFrom('sms_outbox')
    .select(['mobile', 'text'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .executeTakeFirst();
  return row && row.text !== null ? { id, mobile: row.mobile, text: row.text } : undefined;
}

/** One message as /demo/outbox shows it. */
export interface OutboxMessage {
  readonly id: string;
  readonly mobile: string;
  readonly text: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** The newest messages first, of the transaction's province (or of all). */
export async function listOutbox(tx: Tx, limit: number): Promise<OutboxMessage[]> {
  return tx
    .selectFrom('sms_outbox')
    .select(['id', 'mobile', 'text', 'created_at as createdAt', 'sent_at as sentAt'])
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}
