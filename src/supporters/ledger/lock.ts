import { sql } from 'kysely';
import { addJalaliYears, type IsoDate } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Step } from '../../platform/history.ts';
import type { Dimensions } from '../../platform/history-row.ts';
import { beside } from '../../platform/standing.ts';
import type { CoverState, SupporterState } from '../rules.ts';

/** A supporter as its ledger needs it, locked. */
export type SupporterRow = {
  readonly caseId: string;
  readonly personId: string;
  readonly state: SupporterState;
  readonly capacity: number | null;
  readonly agencyId: string;
  readonly occupationId: string;
  readonly dims: Dimensions;
};

/** A covered person as the ledger needs them. */
export type CoverRow = {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly ownCaseId: string | null;
  readonly agencyId: string;
  readonly state: CoverState;
  readonly since: string;
};

/**
 * Supporters, locked in the order of their ids: everything written about one of them waits here for what
 * is being written, so that balances, months and capacity are judged as they stand.
 * @throws Problem `platform.not_found` (404) when one is missing
 */
export async function lockSupporters(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, SupporterRow>> {
  const { rows } = await sql<RawSupporter>`
    select s.case_id, s.person_id, s.state, s.capacity, s.agency_id, s.occupation_id,
      c.county_id, c.bank_id, c.kind, c.sex, c.area
    from supporters s
    join cases c on c.province_id = ${provinceId} and c.id = s.case_id
    where s.province_id = ${provinceId} and s.case_id = any(${caseIds}::uuid[])
    order by s.case_id for update of s`.execute(tx);
  const found = new Map(rows.map((row) => [row.case_id, toSupporter(row)]));
  if (caseIds.some((id) => !found.has(id))) throw new Problem('platform.not_found');
  return found;
}

type RawSupporter = {
  case_id: string;
  person_id: string;
  state: string;
  capacity: number | null;
  agency_id: string;
  occupation_id: string;
  county_id: number;
  bank_id: string | null;
  kind: string;
  sex: string;
  area: string;
};

function toSupporter(row: RawSupporter): SupporterRow {
  const { agency_id: agencyId, occupation_id: occupationId } = row;
  const dims = { countyId: row.county_id, agencyId, bankId: row.bank_id, kind: row.kind };
  return {
    ...{ caseId: row.case_id, personId: row.person_id, capacity: row.capacity },
    ...{ state: row.state as SupporterState, agencyId, occupationId },
    dims: { ...dims, occupationId, sex: row.sex, area: row.area },
  };
}

/** One supporter, locked. @throws Problem `platform.not_found` (404) */
export async function lockSupporter(tx: Tx, provinceId: number, caseId: string) {
  const supporters = await lockSupporters(tx, provinceId, [caseId]);
  return supporters.get(caseId) as SupporterRow;
}

/** Covered people by id; not locked: lock their supporters first. @throws Problem `platform.not_found` (404) */
export async function getCovers(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, CoverRow>> {
  const rows = await tx
    .selectFrom('covers')
    .select(['id', 'case_id', 'person_id', 'own_case_id', 'agency_id', 'state', 'since'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  const found = new Map(
    rows.map((row): [string, CoverRow] => [
      row.id,
      {
        ...{ id: row.id, caseId: row.case_id, personId: row.person_id },
        ...{ ownCaseId: row.own_case_id, agencyId: row.agency_id },
        ...{ state: row.state as CoverState, since: String(row.since) },
      },
    ]),
  );
  if (ids.some((id) => !found.has(id))) throw new Problem('platform.not_found');
  return found;
}

/** Locks the supporter of a covered person, and gives both as they stand then. */
export async function lockCover(tx: Tx, provinceId: number, coverId: string) {
  const before = (await getCovers(tx, provinceId, [coverId])).get(coverId) as CoverRow;
  const supporter = await lockSupporter(tx, provinceId, before.caseId);
  const cover = (await getCovers(tx, provinceId, [coverId])).get(coverId) as CoverRow;
  return { supporter, cover };
}

type Said = Pick<Step, 'id' | 'verb' | 'happenedOn' | 'rial' | 'people' | 'reason' | 'facts'> & {
  readonly from?: string | null;
  readonly to?: string;
};

/** A step in the record of a supporter's case, beside the chain of the case's own states. */
export function supporterStep(supporter: SupporterRow, said: Said, cover?: CoverRow): Step {
  return {
    from: supporter.state,
    to: supporter.state,
    ...said,
    caseId: supporter.caseId,
    personId: cover?.personId ?? supporter.personId,
    dims: supporter.dims,
    facts: { ...beside, ...(cover ? { cover: cover.id } : {}), ...said.facts },
  };
}

/** An entry of the ledger as a step: many to a case, so the case's own page leaves them to the ledger's. */
export function entryStep(supporter: SupporterRow, cover: CoverRow, said: Said): Step {
  const step = supporterStep(supporter, said, cover);
  return { ...step, from: cover.state, to: cover.state, facts: { ...step.facts, ledger: true } };
}

/** Nobody who is at work has a paper, or held a course, of longer ago; the calendar here begins long before. */
const LONGEST_AGO_YEARS = 100;

/**
 * A day on which something can have happened: it has come, and is within people's memory.
 * @param since an earliest day that is known better, such as the day of somebody's birth
 * @throws Problem `supporters.future_day`, `supporters.too_long_ago` (422)
 */
export function checkDay(today: string, happenedOn: string, since = ''): void {
  if (happenedOn > today) throw new Problem('supporters.future_day', { given: happenedOn });
  const memory = addJalaliYears(today as IsoDate, -LONGEST_AGO_YEARS);
  const record = since > memory ? since : memory;
  if (happenedOn < record) {
    throw new Problem('supporters.too_long_ago', { given: happenedOn, record });
  }
}
