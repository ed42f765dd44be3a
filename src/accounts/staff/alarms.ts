import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sendSms } from '../../platform/sms.ts';

/** What somebody else has to look at. */
export type Alarm = {
  readonly kind: 'emergency' | 'command' | 'guessing';
  readonly accountId: string | null;
  readonly changeId: string | null;
};

/**
 * Raises an alarm: it stands on the page of every administrator, director and auditor until another than
 * the one who caused it has looked at it, and goes as a message to the mobiles of those who gave one.
 * @param text what the message says
 */
export async function raiseAlarm(tx: Tx, act: Act, alarm: Alarm, text: string): Promise<void> {
  await tx
    .insertInto('alarms')
    .values({
      province_id: act.provinceId,
      id: uuid7(act.now.getTime()),
      kind: alarm.kind,
      account_id: alarm.accountId,
      change_id: alarm.changeId,
      raised_by: act.actorId,
      raised_at: act.now,
    })
    .execute();
  const told = await tx
    .selectFrom('accounts')
    .select('mobile')
    .distinct()
    .where('province_id', '=', act.provinceId)
    .where('role', 'in', ['admin', 'director'])
    .where('closed_at', 'is', null)
    .where('mobile', 'is not', null)
    .execute();
  for (const { mobile } of told) {
    if (mobile === null) continue;
    await sendSms(tx, { provinceId: act.provinceId, mobile, text, now: act.now });
  }
}

/** The alarms that nobody has looked at, the newest first. */
export function listAlarms(tx: Tx, provinceId: number) {
  return tx
    .selectFrom('alarms as l')
    .leftJoin('accounts as a', (join) =>
      join.onRef('a.province_id', '=', 'l.province_id').onRef('a.id', '=', 'l.account_id'),
    )
    .leftJoin('accounts as r', (join) =>
      join.onRef('r.province_id', '=', 'l.province_id').onRef('r.id', '=', 'l.raised_by'),
    )
    .leftJoin('account_changes as c', (join) =>
      join.onRef('c.province_id', '=', 'l.province_id').onRef('c.id', '=', 'l.change_id'),
    )
    .select(['l.id', 'l.kind', 'l.raised_at', 'l.raised_by', 'c.reason'])
    .select(['c.name_fa as change_fa', 'c.name_en as change_en'])
    .select(['a.name_fa', 'a.name_en', 'r.name_fa as raiser_fa', 'r.name_en as raiser_en'])
    .where('l.province_id', '=', provinceId)
    .where('l.seen_at', 'is', null)
    .orderBy('l.id', 'desc')
    .limit(100)
    .execute();
}

/**
 * Says that somebody has looked at an alarm; who caused it can't.
 * @throws Problem `platform.not_found` (404), `accounts.second_person_needed` (403)
 */
export async function seeAlarm(tx: Tx, act: Act, id: string): Promise<void> {
  const row = await tx
    .selectFrom('alarms')
    .select(['raised_by', 'seen_at'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  if (row.raised_by === act.actorId) throw new Problem('accounts.second_person_needed');
  if (row.seen_at !== null) return;
  await tx
    .updateTable('alarms')
    .set({ seen_by: act.actorId, seen_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
}
