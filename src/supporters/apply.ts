import { sql } from 'kysely';
import { holdsOn, type Reference, settingOn } from '../accounts/index.ts';
import { checkLegalId } from '../kit/identifiers.ts';
import { addJalaliMonths, type IsoDate, isoToJalali } from '../kit/jalali.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { supporterCounts } from './counts.ts';
import { checkDay, lockSupporter, type SupporterRow, supporterStep } from './ledger/lock.ts';
import { type CapacityRule, capacityOf, supporterSteps, type TradeRecord } from './rules.ts';

/** Which line of credit's terms hold the bounds on people. */
const boundsLine = 'home-jobs';

/** Makes the cases supporters as such, those that are not yet: where their ledgers hang from then on. */
export async function openSupporters(tx: Tx, act: Act, caseIds: readonly string[]): Promise<void> {
  await sql`
    insert into supporters (province_id, case_id, person_id, agency_id, county_id, occupation_id, state,
      state_since, recorded_at)
    select c.province_id, c.id, c.person_id, c.agency_id, c.county_id, c.occupation_id, 'applied',
      ${act.today}::date, ${act.now}::timestamptz
    from cases c
    where c.province_id = ${act.provinceId} and c.id = any(${caseIds}::uuid[])
      and c.kind = 'supporter'
    order by c.id on conflict do nothing`.execute(tx);
}

/**
 * A supporter applies as such, a firm with its name and number.
 * @throws Problem `platform.not_found`, `supporters.not_a_supporter` (422), `supporters.applied_already` (409),
 * `supporters.wrong_legal_id`, `supporters.too_young` (422)
 */
export async function applyAsSupporter(
  tx: Tx,
  act: Act,
  reference: Reference,
  { caseId, firm }: { caseId: string; firm?: { name: string; legalId: string } | undefined },
): Promise<void> {
  const it = (await getCasesForUpdate(tx, act.provinceId, [caseId])).get(caseId);
  if (it?.dims.kind !== 'supporter') throw new Problem('supporters.not_a_supporter');
  const legal = firm && checkLegalId(firm.legalId);
  if (legal && !legal.ok) throw new Problem('supporters.wrong_legal_id', { given: firm.legalId });
  if (!firm) await demandAge(tx, act, reference, it.personId);
  await openSupporters(tx, act, [caseId]);
  const supporter = await lockSupporter(tx, act.provinceId, caseId);
  if (await hasStep(tx, act.provinceId, caseId, 'supporters.apply')) {
    throw new Problem('supporters.applied_already');
  }
  if (firm && legal) {
    await tx
      .updateTable('supporters')
      .set({ firm_name: normaliseText(firm.name), legal_id: legal.value })
      .where('province_id', '=', act.provinceId)
      .where('case_id', '=', caseId)
      .execute();
  }
  const facts = legal ? { legal_id: legal.value } : {};
  await recordSupporter(tx, act, supporter, {
    ...{ verb: 'supporters.apply', from: null, to: supporter.state, facts },
  });
}

/**
 * A natural person has to be of an age (the older supporter rule: 20 years); whose day of birth the record
 * does not know is not asked, and a firm has none.
 */
async function demandAge(
  tx: Tx,
  { provinceId, today }: Act,
  reference: Reference,
  personId: string,
): Promise<void> {
  const least = Number(settingOn(reference, 'supporters.age_min', provinceId, today));
  const born = await birthOf(tx, provinceId, personId);
  if (born !== null && addJalaliMonths(born, 12 * least) > today) {
    throw new Problem('supporters.too_young', { limit: least });
  }
}

/** The day of birth where the record knows it. */
async function birthOf(tx: Tx, provinceId: number, personId: string): Promise<IsoDate | null> {
  const { birth_on: born } = await tx
    .selectFrom('people')
    .select('birth_on')
    .where('province_id', '=', provinceId)
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  return born === null ? null : (String(born) as IsoDate);
}

/** Whether a supporter is a firm, and no natural person. */
async function hasFirm(tx: Tx, provinceId: number, caseId: string): Promise<boolean> {
  const { legal_id: legalId } = await tx
    .selectFrom('supporters')
    .select('legal_id')
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  return legalId !== null;
}

async function hasStep(tx: Tx, provinceId: number, caseId: string, verb: string) {
  const row = await tx
    .selectFrom('history')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .where('verb', '=', verb)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

type SupporterSaid = {
  readonly verb: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
};

/** Records a step of a supporter, today. */
export async function recordSupporter(
  tx: Tx,
  act: Act,
  supporter: SupporterRow,
  said: SupporterSaid,
): Promise<void> {
  const step = supporterStep(supporter, { happenedOn: act.today, ...said });
  await recordSteps(tx, act, supporterCounts, [step]);
}

/** An order that was received or an invoice that was written in an earlier year. */
export type TradeInput = {
  readonly kind: 'order' | 'invoice';
  readonly number: string;
  readonly buyer: string;
  readonly amountRial: bigint;
  readonly datedOn: string;
};

/**
 * Adds documents of earlier years: of no day before the supporter was born, where it is a person.
 * @throws Problem `supporters.record_twice` (409), `supporters.future_day`, `supporters.too_long_ago` (422)
 */
export async function addTradeRecords(
  tx: Tx,
  act: Act,
  caseId: string,
  inputs: readonly TradeInput[],
): Promise<void> {
  const { personId } = await lockSupporter(tx, act.provinceId, caseId);
  const isFirm = await hasFirm(tx, act.provinceId, caseId);
  const born = isFirm ? null : await birthOf(tx, act.provinceId, personId);
  for (const { datedOn } of inputs) checkDay(act.today, datedOn, born ?? undefined);
  const rows = inputs.map((one) => ({
    ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), case_id: caseId },
    ...{ kind: one.kind, number: normaliseText(one.number), buyer: normaliseText(one.buyer) },
    ...{ amount_rial: one.amountRial, dated_on: one.datedOn, recorded_at: act.now },
  }));
  await tx.insertInto('trade_records').values(rows).execute();
}

/** Strikes a document out; what was found by it stays as it was found. @throws Problem `platform.not_found` */
export async function strikeTradeRecord(
  tx: Tx,
  act: Act,
  caseId: string,
  id: string,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('trade_records')
    .set({ struck_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .where('struck_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('platform.not_found');
}

/** What holds for a supporter's capacity in a province on a day: dated settings and terms. */
export function capacityRule(reference: Reference, provinceId: number, day: string): CapacityRule {
  const setting = (name: string) => settingOn(reference, `supporters.${name}`, provinceId, day);
  const terms = reference.creditTerms.filter(
    (row) => row.credit_line_id === boundsLine && holdsOn(row, day),
  );
  const row =
    terms.find((one) => one.province_id === provinceId) ??
    terms.find((one) => one.province_id === null);
  return {
    years: Number(setting('order_history')),
    tradeYears: Number(setting('trade_years_min')),
    ordersPerPersonRial: BigInt(setting('orders_per_person')),
    leastPeople: row?.supporter_min_people ?? 1,
    mostPeople: row?.supporter_max_people ?? 1,
  };
}

/** The documents that a capacity is reckoned from, those that stand. */
async function tradeOf(tx: Tx, provinceId: number, caseId: string): Promise<TradeRecord[]> {
  const rows = await tx
    .selectFrom('trade_records')
    .select(['kind', 'amount_rial', 'dated_on'])
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .where('struck_at', 'is', null)
    .execute();
  return rows.map((row) => ({
    kind: row.kind as TradeRecord['kind'],
    year: isoToJalali(String(row.dated_on) as IsoDate).year,
    amountRial: row.amount_rial,
  }));
}

/**
 * The agency finds how many people the supporter can carry, by the rule of the day, which is frozen with it.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.record_short`,
 * `supporters.trade_short`, `supporters.capacity_short`
 */
export async function assessSupporter(
  tx: Tx,
  act: Act,
  reference: Reference,
  caseId: string,
): Promise<void> {
  const supporter = await lockSupporter(tx, act.provinceId, caseId);
  const to = nextState(supporterSteps, 'supporters.assess', supporter.state);
  const rule = capacityRule(reference, act.provinceId, act.today);
  const { year } = isoToJalali(act.today as IsoDate);
  const capacity = capacityOf(await tradeOf(tx, act.provinceId, caseId), year, rule);
  const facts = {
    ...{ capacity, years: rule.years, trade_years: rule.tradeYears },
    ...{ orders_per_person_rial: String(rule.ordersPerPersonRial) },
    ...{ least: rule.leastPeople, most: rule.mostPeople },
  };
  await tx
    .updateTable('supporters')
    .set({ state: to, state_since: act.today, capacity, capacity_facts: JSON.stringify(facts) })
    .where('province_id', '=', act.provinceId)
    .where('case_id', '=', caseId)
    .execute();
  const said = { verb: 'supporters.assess', from: supporter.state, to, facts };
  await recordSupporter(tx, act, supporter, said);
}
