import { type RawBuilder, sql } from 'kysely';
import { organisationLabel, type Reference } from '../accounts/index.ts';
import { sendWithCommit, type Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Say } from '../platform/language.ts';
import type { Principal, Role } from '../platform/policy.ts';
import { visibleCase } from './allow-act.ts';
import type { OpenedKind } from './application-contract.ts';
import { signedIn } from './case-key.ts';

/** What takes many cases at once, again and again: written down once a day. */
const byDay: readonly OpenedKind[] = ['pack', 'bank', 'export'];

const hour = 3_600_000;

/** Which cases: their ids, or a question that answers them. */
type Cases = readonly string[] | RawBuilder<unknown>;
type By = Pick<Act, 'provinceId' | 'now' | 'today'>;

/**
 * Writes down that somebody of an office opened a case, or something of it: once an hour for each, and once a day
 * for what takes many along at once; with the commit of the reading itself. A citizen who looks at their own case
 * is nobody to be told of.
 */
export function recordOpening(
  tx: Tx,
  by: By,
  principal: Principal,
  caseId: string,
  what: OpenedKind,
): void {
  recordOpenings(tx, by, principal, [caseId], what);
}

/** {@link recordOpening} for any number of cases, in one statement. */
export function recordOpenings(
  tx: Tx,
  by: By,
  principal: Principal,
  cases: Cases,
  what: OpenedKind,
): void {
  if (principal.role === 'citizen' || ('length' in cases && cases.length === 0)) return;
  const { provinceId, now } = by;
  const these = 'length' in cases ? sql`${cases}::uuid[]` : cases;
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
          sql<Date>`${beganAt(by, what)}::timestamptz`.as('hour_at'),
          sql<Date>`${now}::timestamptz`.as('opened_at'),
          'cases.person_id',
          sql<string>`${principal.role}`.as('role'),
          sql<string | null>`${principal.organisationId}`.as('organisation'),
        ])
        .where('cases.province_id', '=', provinceId)
        .where(sql<boolean>`cases.id = any(${these})`)
        // In one order, or two who take the same along wait for each other.
        .orderBy('cases.id'),
    )
    .onConflict((on) => on.doNothing());
  sendWithCommit(tx, opening);
}

/** The beginning of the time in which one opening of a kind is written down. */
function beganAt({ now, today }: By, what: OpenedKind): Date {
  if (byDay.includes(what)) return new Date(`${today}T00:00:00Z`);
  return new Date(Math.floor(now.getTime() / hour) * hour);
}

/**
 * The case that a code in the address names, opened by whoever asks for what hangs on it.
 * @throws Problem `platform.not_found` (404)
 */
export async function openCase(
  tx: Tx,
  act: Act,
  principal: Principal | null,
  code: string,
  what: OpenedKind = 'case',
) {
  const key = await visibleCase(tx, principal, code);
  recordOpening(tx, act, signedIn(principal), key.id, what);
  return key;
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
      what: row.what as OpenedKind,
      openedAt: row.opened_at.toISOString(),
      role: say(`accounts.roles.${row.role as Role}`),
      organisation:
        row.organisation === null ? null : organisationLabel(reference, row.organisation).label,
    })),
  };
}
