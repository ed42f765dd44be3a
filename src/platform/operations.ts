import { createHash } from 'node:crypto';
import { Problem } from '../kit/problem.ts';
import { sendWithCommit, type Tx } from './database.ts';
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
