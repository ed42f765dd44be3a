import type { Static } from 'typebox';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { SavedFilter, SaveFilterBody } from './queue-contract.ts';

/** The filters that an account kept, by name. */
export function listFilters(
  tx: Tx,
  act: Act,
  accountId: string,
): Promise<Static<typeof SavedFilter>[]> {
  return tx
    .selectFrom('saved_filters')
    .select(['id', 'name', 'search'])
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute();
}

/** Keeps a filter; one of the same name is replaced. */
export async function saveFilter(
  tx: Tx,
  act: Act,
  accountId: string,
  body: Static<typeof SaveFilterBody>,
): Promise<Static<typeof SavedFilter>> {
  const row = {
    province_id: act.provinceId,
    id: uuid7(act.now.getTime()),
    account_id: accountId,
    name: normaliseText(body.name),
    search: body.search,
    recorded_at: act.now,
  };
  return tx
    .insertInto('saved_filters')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['province_id', 'account_id', 'name']).doUpdateSet({ search: row.search }),
    )
    .returning(['id', 'name', 'search'])
    .executeTakeFirstOrThrow();
}

/** Forgets a filter. @throws Problem `platform.not_found` (404) when it is not the account's own */
export async function dropFilter(tx: Tx, act: Act, accountId: string, id: string): Promise<void> {
  const gone = await tx
    .deleteFrom('saved_filters')
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!gone) throw new Problem('platform.not_found');
}
