import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { addressFault } from '../../platform/outgoing.ts';

/** @throws Problem `banks.webhook_not_https`, `banks.webhook_address` (422) */
export function demandAddress(url: string, demonstration: boolean): void {
  const fault = addressFault(url, demonstration);
  if (fault === 'not_https') throw new Problem('banks.webhook_not_https');
  if (fault === 'not_public') throw new Problem('banks.webhook_address');
}

/** Where a bank is told of events. */
export async function showWebhook(tx: Tx, provinceId: number, bankId: string) {
  const row = await tx
    .selectFrom('bank_webhooks')
    .select(['url', 'recorded_at'])
    .where('province_id', '=', provinceId)
    .where('bank_id', '=', bankId)
    .executeTakeFirst();
  if (!row) return { webhook: null };
  return { webhook: { url: row.url, registered_at: row.recorded_at.toISOString() } };
}

export type NewWebhook = {
  readonly bankId: string;
  /** The client that registers it. */
  readonly accountId: string;
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
};

/** Keeps a bank's one webhook in the place of the one before. */
export async function keepWebhook(tx: Tx, act: Act, webhook: NewWebhook): Promise<void> {
  const { bankId, accountId, url } = webhook;
  const secret = Buffer.from(webhook.secret.slice('whsec_'.length), 'base64');
  const row = { url, secret, account_id: accountId, recorded_at: act.now };
  await tx
    .insertInto('bank_webhooks')
    .values({ province_id: act.provinceId, bank_id: bankId, ...row })
    .onConflict((conflict) => conflict.columns(['province_id', 'bank_id']).doUpdateSet(row))
    .execute();
}

/** Tells a bank nothing any more. */
export async function removeWebhook(tx: Tx, provinceId: number, bankId: string): Promise<void> {
  await tx
    .deleteFrom('bank_webhooks')
    .where('province_id', '=', provinceId)
    .where('bank_id', '=', bankId)
    .execute();
}

/** Events whose delivery failed: waiting for another try, and given up; the newest first. */
export async function failedEvents(tx: Tx, provinceId: number, reference: Reference) {
  const rows = await tx
    .selectFrom('bank_events')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('delivered_at', 'is', null)
    .where('tries', '>', 0)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    event: row.event,
    bank: organisationLabel(reference, row.bank_id),
    referral: encodeCode(provinceId, row.plan_id),
    recordedAt: row.recorded_at.toISOString(),
    tries: row.tries,
    lastFault: row.last_fault,
    nextTryAt: row.next_try_at?.toISOString() ?? null,
    givenUpAt: row.given_up_at?.toISOString() ?? null,
  }));
}
