import { randomUUID } from 'node:crypto';
import { signDelivery } from '../src/platform/webhook-signature.ts';
import { type TestHouse, testInboundSecret } from './house.ts';

/** How a message comes in, where a test wants it otherwise than a provider sends it. */
export type Sent = {
  readonly id?: string;
  readonly secret?: Uint8Array;
  /** How many seconds ago it was signed. */
  readonly ageSeconds?: number;
  readonly headers?: Record<string, string>;
  /** What is sent instead of the body that was signed. */
  readonly payload?: string;
};

/** Hands a message over as the SMS provider does. */
export async function sendIn(
  { app, clock }: TestHouse,
  message: { readonly from: string; readonly text: string } & Record<string, unknown>,
  { id = randomUUID(), secret = testInboundSecret, ageSeconds = 0, headers, payload }: Sent = {},
) {
  const now = clock.now();
  const body = JSON.stringify({ id, ...message, receivedAt: now.toISOString() });
  const timestamp = Math.floor(now.getTime() / 1000) - ageSeconds;
  const reply = await app.inject({
    ...{ method: 'POST', url: '/api/sms/inbound', payload: payload ?? body },
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signDelivery(secret, id, timestamp, body),
      ...headers,
    },
  });
  return { status: reply.statusCode, body: reply.json() };
}

/** What a mobile was sent, the oldest first. */
export async function messagesTo({ database }: TestHouse, mobile: string): Promise<string[]> {
  const rows = await database.migratorTransaction((tx) =>
    tx.selectFrom('sms_outbox').select('text').where('mobile', '=', mobile).orderBy('id').execute(),
  );
  return rows.map(({ text }) => text ?? '');
}
