import type { Reference } from '../src/accounts/index.ts';
import { sayers } from '../src/app.ts';
import { isoToday } from '../src/kit/jalali.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { Database } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { makeRoot } from '../src/platform/roots/index.ts';
import type { SigningKey } from '../src/platform/signing-key.ts';
import { beginBulletin, publishDraft, signDraft } from '../src/publishing/index.ts';
import { PROVINCE_ID, WINDOW } from './plan-targets.ts';

/** The desks that sign and publish the demonstration's account. */
const desks = { writes: 'karshenas', publishes: 'modir' } as const;

/** Publishes the account of the story's period in both languages, where it has not been published yet. */
export async function publishAccount(
  database: Database,
  reference: Reference,
  key: SigningKey,
  now: Date,
): Promise<void> {
  const context = { ...provinceContext(PROVINCE_ID), pool: 'reports' } as const;
  const found = await database.transaction(context, (tx) =>
    tx.selectFrom('bulletins').select('id').limit(1).executeTakeFirst(),
  );
  if (found) return;
  const [writes, publishes] = [
    await accountOf(database, desks.writes),
    await accountOf(database, desks.publishes),
  ];
  if (!writes || !publishes) return;
  for (const language of ['fa', 'en'] as const) {
    const subject = { ...WINDOW, agencyId: null, countyId: null, language, sayers };
    const { number } = await makeRoot(database, key, PROVINCE_ID, { asOf: now, now });
    await database.transaction(context, async (tx) => {
      const { id } = await beginBulletin(tx, actOf(writes, now), reference, subject);
      const around = { reference, sayers, root: async () => number };
      await signDraft(tx, actOf(writes, now), around, { id, revision: 1 });
      const asked = { id, revision: 2, publicFrom: undefined };
      await publishDraft(tx, actOf(publishes, now), around, asked);
    });
  }
}

async function accountOf(database: Database, username: string): Promise<string | undefined> {
  const row = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
    tx
      .selectFrom('accounts')
      .select('id')
      .where('province_id', '=', PROVINCE_ID)
      .where('username', '=', username)
      .executeTakeFirst(),
  );
  return row?.id;
}

function actOf(actorId: string, now: Date): Act {
  const today = isoToday(now.getTime());
  const opId = uuid7(now.getTime());
  return { provinceId: PROVINCE_ID, actorId, organisationId: null, now, today, opId };
}
