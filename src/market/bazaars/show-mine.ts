import { sql } from 'kysely';
import type { Reference } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { goodPermits } from '../materials/show-mine.ts';
import { applicationLine, fairLines } from './show.ts';

/** Fairs as a maker sees them: those to come, and those they applied for. */
export async function showMyFairs(
  tx: Tx,
  reference: Reference,
  act: Act,
  { personId }: Pick<Principal, 'personId'>,
) {
  const { provinceId, today } = act;
  const own = await tx
    .selectFrom('stall_applications')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`person_id = ${personId}::uuid`)
    .where('state', '<>', 'withdrawn')
    .orderBy('id')
    .execute();
  const ids = own.map(({ fair_id }) => fair_id);
  const which = sql<boolean>`(f.ends_on >= ${today}::date and f.state <> 'cancelled'
    or f.id = any(${ids}::uuid[]))`;
  const fairs = await fairLines(tx, reference, provinceId, which);
  const items = fairs.map((fair) => ({
    ...fair,
    open: fair.state === 'announced' && today <= fair.applyUntilOn,
    mine: own
      .filter(({ fair_id }) => fair_id === fair.id)
      .map((row) => applicationLine(provinceId, row)),
  }));
  return { permits: await goodPermits(tx, reference, act, personId), items };
}
