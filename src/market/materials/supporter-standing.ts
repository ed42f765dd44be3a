import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { statesOfSupporters } from '../../supporters/index.ts';
import { permitsNow } from '../stalls.ts';
import { checkSupporter, type SupporterStanding, supporterStandingOf } from './rules.ts';

type Day = Pick<Act, 'provinceId' | 'today'>;

/** What supporters are worth as suppliers on a day, by their case, from their own rows. */
export async function supporterStandings(
  tx: Tx,
  { provinceId, today }: Day,
  caseIds: readonly string[],
): Promise<(caseId: string) => SupporterStanding> {
  const states = await statesOfSupporters(tx, provinceId, caseIds);
  const permits = await permitsNow(tx, provinceId, caseIds, today);
  return (caseId) => supporterStandingOf(states.get(caseId), permits.get(caseId)?.standing);
}

/** A supplier as far as its standing asks. */
export type Supplying = { readonly kind: string; readonly supporterCaseId: string | null };

/** What a supplier is worth on a day: one that is no supporter is always good. */
export async function standingOfSupplier(
  tx: Tx,
  day: Day,
  { kind, supporterCaseId }: Supplying,
): Promise<SupporterStanding> {
  if (kind !== 'supporter') return 'good';
  if (supporterCaseId === null) return 'unnamed';
  return (await supporterStandings(tx, day, [supporterCaseId]))(supporterCaseId);
}

/**
 * Whether a supplier may offer today, and be chosen.
 * @throws Problem `platform.not_found` (404), `market.supporter_not_good` (409)
 */
export async function demandStanding(tx: Tx, day: Day, supplierId: string): Promise<void> {
  const row = await tx
    .selectFrom('suppliers')
    .select(['kind', 'supporter_case_id as supporterCaseId'])
    .where('province_id', '=', day.provinceId)
    .where('id', '=', supplierId)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  checkSupporter(await standingOfSupplier(tx, day, row));
}
