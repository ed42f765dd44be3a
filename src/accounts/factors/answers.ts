import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Reference } from '../reference.ts';
import type { ownAccount } from './actions.ts';
import { listFactors } from './queries.ts';
import { countRecoveryCodes } from './recovery.ts';
import { needsSecondFactor } from './stage.ts';

/** What an account signs in with, as its owner sees it. */
export async function factorsAnswer(
  tx: Tx,
  act: Act,
  reference: Reference,
  account: Awaited<ReturnType<typeof ownAccount>>,
) {
  const rows = await listFactors(tx, account.province_id, account.id);
  return {
    factors: rows.map((row) => ({
      code: encodeCode(account.province_id, row.id),
      kind: row.kind,
      name: row.name,
      addedAt: row.recorded_at.toISOString(),
      usedAt: row.used_at?.toISOString() ?? null,
    })),
    recoveryCodes: await countRecoveryCodes(tx, account.province_id, account.id),
    ...needsSecondFactor(reference, account, act.today),
    hasPassword: account.password_hash !== null,
  };
}
