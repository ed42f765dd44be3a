import { sql } from 'kysely';
import { isoToday } from '../kit/jalali.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { type Principal, provinceContext } from '../platform/policy.ts';
import { sessionHours } from '../platform/session.ts';
import { referenceOf, settingOn } from './reference.ts';

/** A session is put off once in a tenth of the time that it may be idle, not with every request. */
const notedPerLimit = 10;
/** More sessions than this are noted anew, which costs each a statement. */
const mostNoted = 50_000;

/**
 * Ends sessions in which nobody does anything: each request puts the end off to so many minutes from now as the
 * setting `accounts.idle_minutes` says, and never beyond what a session lasts at most (OWASP ASVS 7.3.1). An
 * inspector's lasts whatever is done: a day in the field has hours without a network, and the phone has a PIN of
 * its own. Until its first request a session lasts as long as any may; browsers ask who is signed in at once.
 */
export function noteActivity(
  database: Database,
  clock: Pick<Clock, 'zone'>,
): (principal: Principal, now: Date) => Promise<void> {
  const noted = new Map<string, number>();
  return async ({ sessionId, provinceId, role }, now) => {
    if (role === 'inspector') return;
    const reference = await referenceOf(database);
    const today = isoToday(now.getTime(), clock.zone);
    const idleMs =
      Number(settingOn(reference, 'accounts.idle_minutes', provinceId, today)) * 60_000;
    const since = now.getTime() - (noted.get(sessionId) ?? Number.NEGATIVE_INFINITY);
    if (since >= 0 && since < idleMs / notedPerLimit) return;
    if (noted.size >= mostNoted) noted.clear();
    noted.set(sessionId, now.getTime());
    const endsAt = new Date(now.getTime() + idleMs);
    await database.transaction(provinceContext(provinceId), (tx) =>
      sql`update sessions
        set expires_at = least(recorded_at + make_interval(hours => ${sessionHours}::integer),
          ${endsAt}::timestamptz)
        where province_id = ${provinceId}::integer and id = ${sessionId}::uuid
          and ended_at is null`.execute(tx),
    );
  };
}
