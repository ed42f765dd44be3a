import { countInProvinces, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { JobHandlers } from '../../platform/jobs.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { addressFault } from '../../platform/outgoing.ts';

const purpose = 'webhook';

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
export async function keepWebhook(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  webhook: NewWebhook,
): Promise<void> {
  const { bankId, accountId, url } = webhook;
  const secret = Buffer.from(webhook.secret.slice('whsec_'.length), 'base64');
  const sealed = { secret: null, sealed_secret: keyring.seal(purpose, secret) };
  const row = { url, ...sealed, account_id: accountId, recorded_at: act.now };
  await tx
    .insertInto('bank_webhooks')
    .values({ province_id: act.provinceId, bank_id: bankId, ...row })
    .onConflict((conflict) => conflict.columns(['province_id', 'bank_id']).doUpdateSet(row))
    .execute();
}

/** What signs deliveries to a bank, which the database holds sealed; unsealed where nobody has sealed it yet. */
export function secretOf(
  keyring: Keyring,
  { secret, sealed_secret: sealed }: { secret: Buffer | null; sealed_secret: Buffer | null },
): Buffer {
  if (sealed !== null) return keyring.open(purpose, sealed);
  return secret ?? Buffer.alloc(0);
}

/**
 * Seals the secrets of all webhooks, in every province, with the newest key: those of before, and those under an
 * older key. @returns how many were not yet
 */
export function resealWebhooks(database: Database, keyring: Keyring): Promise<number> {
  return countInProvinces(database, (tx, provinceId) => resealIn(tx, provinceId, keyring));
}

async function resealIn(tx: Tx, provinceId: number, keyring: Keyring): Promise<number> {
  const rows = await tx
    .selectFrom('bank_webhooks')
    .select(['bank_id', 'secret', 'sealed_secret'])
    .where('province_id', '=', provinceId)
    .forUpdate()
    .execute();
  const old = rows.filter((row) => !row.sealed_secret || !keyring.isCurrent(row.sealed_secret));
  for (const row of old) {
    await tx
      .updateTable('bank_webhooks')
      .set({ secret: null, sealed_secret: keyring.seal(purpose, secretOf(keyring, row)) })
      .where('province_id', '=', provinceId)
      .where('bank_id', '=', row.bank_id)
      .execute();
  }
  return old.length;
}

/** Seals by the clock what came in before secrets were sealed; afterwards it finds nothing. */
export function webhookJobs(keyring: Keyring): JobHandlers {
  return {
    'financing.sealSecrets': async (_payload, { database }) => {
      await resealWebhooks(database, keyring);
    },
  };
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
