import { sql } from 'kysely';
import { type Reference, settingOn } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { recordSupporter } from './apply.ts';
import { addCover, coversOf, demandPlace, moveCovers } from './covers.ts';
import { lockCover, lockSupporters, type SupporterRow } from './ledger/lock.ts';
import { monthDays } from './pay-rules.ts';
import {
  type DefaultRule,
  mayDefault,
  type SupporterMonth,
  type SupporterState,
  supporterSteps,
} from './rules.ts';
import { tellCovered } from './tell.ts';

/** When a supporter may be declared in default: dated, assumed. */
export function defaultRule(reference: Reference, provinceId: number, day: string): DefaultRule {
  const setting = (name: string) =>
    Number(settingOn(reference, `supporters.default_${name}`, provinceId, day));
  return { months: setting('months'), shareBp: setting('share') };
}

/** Ended months of supporters, as their default is judged by, by case. */
export async function monthsOfSupporters(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
  today: string,
): Promise<Map<string, SupporterMonth[]>> {
  const { rows } = await sql<SupporterMonth & { caseId: string }>`
    select case_id as "caseId", month, sum(stated_promised_rial)::bigint as "promisedRial",
      sum(earned_rial)::bigint as "takenRial", sum(stated_late_rial)::bigint as "lateRial"
    from pay_months
    where province_id = ${provinceId} and case_id = any(${caseIds}::uuid[])
    group by case_id, month order by month desc`.execute(tx);
  const over = rows.filter(({ month }) => monthDays(month).to < today);
  return Map.groupBy(over, ({ caseId }) => caseId) as Map<string, SupporterMonth[]>;
}

type Moving = { readonly caseId: string; readonly reason: string };
type Surroundings = { readonly reference: Reference; readonly publicUrl: string };

/**
 * Declares a supporter in default, where the dated rule allows it: the cases of its people are open again,
 * and they are told that they may choose another supporter.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.no_default` (409),
 * `supporters.reason_missing` (422)
 */
export async function declareDefault(
  tx: Tx,
  act: Act,
  { reference, publicUrl }: Surroundings,
  { caseId, reason }: Moving,
): Promise<void> {
  const supporter = await moveSupporter(tx, act, 'supporters.declareDefault', caseId, reason, {
    check: async () => {
      const months = await monthsOfSupporters(tx, act.provinceId, [caseId], act.today);
      const rule = defaultRule(reference, act.provinceId, act.today);
      if (!mayDefault(months.get(caseId) ?? [], rule)) throw new Problem('supporters.no_default');
    },
  });
  const covers = await coversOf(tx, act.provinceId, caseId, ['covered']);
  const moving = covers.map((cover) => ({ cover }));
  await moveCovers(tx, act, 'supporters.reopen', supporter, moving);
  const ids = covers.map(({ id }) => id);
  await tellCovered(tx, act, publicUrl, 'reopened', ids);
}

/**
 * The supporter keeps its word again: those who have not chosen another are covered by it as before.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.reason_missing`
 */
export async function endDefault(tx: Tx, act: Act, { caseId, reason }: Moving): Promise<void> {
  const supporter = await moveSupporter(tx, act, 'supporters.endDefault', caseId, reason);
  const covers = await coversOf(tx, act.provinceId, caseId, ['seeking']);
  const moving = covers.map((cover) => ({ cover }));
  await moveCovers(tx, act, 'supporters.resume', supporter, moving);
}

async function moveSupporter(
  tx: Tx,
  act: Act,
  verb: 'supporters.declareDefault' | 'supporters.endDefault',
  caseId: string,
  reason: string,
  { check }: { check?: () => Promise<void> } = {},
): Promise<SupporterRow> {
  const supporter = (await lockSupporters(tx, act.provinceId, [caseId])).get(
    caseId,
  ) as SupporterRow;
  const to = nextState(supporterSteps, verb, supporter.state);
  if (!reason.trim()) throw new Problem('supporters.reason_missing');
  await check?.();
  await tx
    .updateTable('supporters')
    .set({ state: to, state_since: act.today })
    .where('province_id', '=', act.provinceId)
    .where('case_id', '=', caseId)
    .execute();
  const words = normaliseText(reason);
  await recordSupporter(tx, act, supporter, { verb, from: supporter.state, to, reason: words });
  return { ...supporter, state: to };
}

/**
 * Supporters with a free place whom a person could choose: of the same occupation, their own county first.
 */
export async function otherSupporters(tx: Tx, provinceId: number, coverId: string) {
  const { rows } = await sql<{ caseId: string; name: string; countyId: number; places: number }>`
    select s.case_id as "caseId", s.county_id as "countyId",
      coalesce(s.firm_name, p.first_name || ' ' || p.last_name) as name,
      (s.capacity - (select count(*) from covers t where t.province_id = ${provinceId}
        and t.case_id = s.case_id and t.state in ('named', 'covered', 'seeking')))::integer as places
    from covers v
    join supporters o on o.province_id = ${provinceId} and o.case_id = v.case_id
    join supporters s on s.province_id = ${provinceId} and s.occupation_id = o.occupation_id
      and s.case_id <> o.case_id and s.state = 'approved' and s.person_id <> v.person_id
    join people p on p.province_id = ${provinceId} and p.id = s.person_id
    where v.province_id = ${provinceId} and v.id = ${coverId}::uuid
    order by (s.county_id = o.county_id) desc, s.case_id`.execute(tx);
  return rows.filter(({ places }) => places > 0).slice(0, 20);
}

/**
 * A person whose supporter is in default chooses another, who then offers a contract.
 * @returns the new cover's id
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.no_place` (409)
 */
export async function chooseSupporter(
  tx: Tx,
  act: Act,
  reference: Reference,
  { coverId, caseId }: { coverId: string; caseId: string },
): Promise<string> {
  const offered = await otherSupporters(tx, act.provinceId, coverId);
  if (!offered.some((one) => one.caseId === caseId)) throw new Problem('platform.not_found');
  const before = await tx
    .selectFrom('covers')
    .select('case_id')
    .where('province_id', '=', act.provinceId)
    .where('id', '=', coverId)
    .executeTakeFirstOrThrow();
  const both = await lockSupporters(tx, act.provinceId, [before.case_id, caseId]);
  const { supporter, cover } = await lockCover(tx, act.provinceId, coverId);
  const next = both.get(caseId) as SupporterRow;
  await demandPlace(tx, act, reference, next);
  await moveCovers(tx, act, 'supporters.move', supporter, [{ cover }]);
  return addCover(tx, act, next, { personId: cover.personId, movedFrom: cover.id });
}

/** What supporters are as such today, by case; absent where a case is no supporter's. */
export async function statesOfSupporters(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, SupporterState>> {
  const rows = await tx
    .selectFrom('supporters')
    .select(['case_id', 'state'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.state as SupporterState]));
}

/** Those of these cases whose supporter is in default: nothing is ordered for them. */
export async function supportersInDefault(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Set<string>> {
  const states = await statesOfSupporters(tx, provinceId, caseIds);
  return new Set(caseIds.filter((id) => states.get(id) === 'in_default'));
}
