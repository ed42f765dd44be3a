import { sql } from 'kysely';
import { organisationLabel, type Reference } from '../accounts/index.ts';
import { sendWithCommit, type Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Say } from '../platform/language.ts';
import type { Principal, Role } from '../platform/policy.ts';

const hour = 3_600_000;

/**
 * Writes down that somebody of an office opened a case, or a document of it: once an hour for each, with the
 * commit of the reading itself. A citizen who looks at their own case is nobody to be told of.
 */
export function recordOpening(
  tx: Tx,
  act: Act,
  principal: Principal,
  caseId: string,
  what: 'case' | 'document',
): void {
  if (principal.role === 'citizen') return;
  const { provinceId, now } = act;
  const hourAt = new Date(Math.floor(now.getTime() / hour) * hour);
  const opening = tx
    .insertInto('case_openings')
    .columns([
      ...(['province_id', 'case_id', 'actor_id', 'what', 'hour_at'] as const),
      ...(['opened_at', 'person_id', 'role', 'organisation'] as const),
    ])
    .expression((eb) =>
      eb
        .selectFrom('cases')
        .select([
          'cases.province_id',
          'cases.id',
          sql<string>`${principal.accountId}::uuid`.as('actor_id'),
          sql<string>`${what}`.as('what'),
          sql<Date>`${hourAt}::timestamptz`.as('hour_at'),
          sql<Date>`${now}::timestamptz`.as('opened_at'),
          'cases.person_id',
          sql<string>`${principal.role}`.as('role'),
          sql<string | null>`${principal.organisationId}`.as('organisation'),
        ])
        .where('cases.province_id', '=', provinceId)
        .where('cases.id', '=', caseId),
    )
    .onConflict((on) => on.doNothing());
  sendWithCommit(tx, opening);
}

/** Who opened a case, the newest first. */
export async function listOpenings(
  tx: Tx,
  reference: Reference,
  say: Say,
  key: { provinceId: number; id: string },
) {
  const rows = await tx
    .selectFrom('case_openings')
    .select(['what', 'role', 'organisation', 'opened_at'])
    .where('province_id', '=', key.provinceId)
    .where('case_id', '=', key.id)
    .orderBy('opened_at', 'desc')
    .limit(200)
    .execute();
  return {
    items: rows.map((row) => ({
      what: row.what as 'case' | 'document',
      openedAt: row.opened_at.toISOString(),
      role: say(`accounts.roles.${row.role as Role}`),
      organisation:
        row.organisation === null ? null : organisationLabel(reference, row.organisation).label,
    })),
  };
}
