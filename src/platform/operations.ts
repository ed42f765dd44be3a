import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../kit/problem.ts';
import { sendWithCommit, type Tx } from './database.ts';
import type { AnyEndpoint } from './endpoint.ts';
import type { Act } from './history.ts';

/** The stored first answer to a write. */
export type Answer = { readonly status: number; readonly body: unknown };

/** A digest of what was asked, so that a key used again for something else is noticed. */
export function requestHash(endpoint: string, params: unknown, body: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([endpoint, params, body]))
    .digest();
}

/**
 * The first answer to this operation, if it was carried out before.
 * @throws Problem `platform.operation_reused` (409) when the key came with another request or account
 */
export async function findAnswer(tx: Tx, act: Act, asked: Buffer): Promise<Answer | undefined> {
  const row = await tx
    .selectFrom('operations')
    .select(['status', 'answer', 'request_hash', 'account_id'])
    .where('province_id', '=', act.provinceId)
    .where('op_id', '=', act.opId)
    .executeTakeFirst();
  if (!row) return undefined;
  if (!row.request_hash.equals(asked) || row.account_id !== act.actorId) {
    throw new Problem('platform.operation_reused');
  }
  return { status: row.status, body: row.answer };
}

/**
 * Keeps the answer in the transaction of the write itself, with its commit: a key that was used before
 * violates `operations_pkey` there.
 */
export function keepAnswer(
  tx: Tx,
  act: Act,
  endpoint: string,
  asked: Buffer,
  answer: Answer,
): void {
  const kept = tx.insertInto('operations').values({
    province_id: act.provinceId,
    op_id: act.opId,
    endpoint,
    account_id: act.actorId,
    request_hash: asked,
    status: answer.status,
    answer: JSON.stringify(answer.body ?? null),
    recorded_at: act.now,
  });
  sendWithCommit(tx, kept);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the key of a write is in its body, as machines send it, and not in the header Idempotency-Key. */
export function bearsKey({ clientScope, signed }: AnyEndpoint): boolean {
  return clientScope !== undefined || signed === true;
}

/**
 * The key under which a write is kept.
 * @throws Problem `platform.op_id_missing` (400)
 */
export function opIdOf(it: AnyEndpoint, { body, headers }: FastifyRequest): string {
  if (it.signed) return idOfMessage((body as { id: string }).id);
  const key = it.clientScope ? (body as { op_id?: unknown }).op_id : headers['idempotency-key'];
  if (typeof key !== 'string' || !uuid.test(key)) throw new Problem('platform.op_id_missing');
  return key.toLowerCase();
}

/** A sender's own id of a message may have any shape: its digest as a UUID of the sort for that (RFC 9562, 5.8). */
function idOfMessage(id: string): string {
  const hex = createHash('sha256').update(`message ${id}`).digest('hex');
  const marked = [`8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [hex.slice(0, 8), hex.slice(8, 12), ...marked, hex.slice(20, 32)].join('-');
}
