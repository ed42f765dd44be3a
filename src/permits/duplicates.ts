import { sql } from 'kysely';
import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { demandVisible } from './allow-act.ts';
import type { DecideDuplicateBody, DuplicateLine, DuplicatesAnswer } from './duplicate-contract.ts';
import { maskedId } from './masks.ts';
import { seesCase } from './policy.ts';

/** More likenesses than this are a shared switchboard or hostel, not a person twice. */
const most = 50;

type Row = {
  id: string;
  state: string;
  kind: string;
  occupation_id: string;
  agency_id: string;
  bank_id: string | null;
  county_id: number;
  state_since: string;
  submitted_on: string | null;
  person_id: string;
  name: string;
  national_id: string;
  mobile: string | null;
  address: string | null;
  same_person: boolean;
  same_address: boolean;
  same_phone: boolean;
  decision_id: string | null;
  verdict: string | null;
  reason: string | null;
  decided_at: Date | null;
  decider_fa: string | null;
  decider_en: string | null;
};

/**
 * A case and the cases like it: the same person, dwelling or telephone, each with why and with the
 * decision that stands. Needs a transaction that sees the whole province.
 * @throws Problem `platform.not_found` (404)
 */
export async function listDuplicates(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  act: Act,
  caseId: string,
): Promise<Static<typeof DuplicatesAnswer>> {
  await demandVisible(tx, principal, { provinceId: act.provinceId, id: caseId });
  const rows = await selectLike(tx, act.provinceId, caseId);
  const lines = rows.map((row) => toLine(reference, principal, act.provinceId, row));
  const own = lines.find(({ code }) => code === encodeCode(act.provinceId, caseId));
  if (!own) throw new Problem('platform.not_found');
  return { it: own, items: lines.filter((line) => line !== own) };
}

async function selectLike(tx: Tx, provinceId: number, caseId: string): Promise<Row[]> {
  const province = sql`${provinceId}::integer`;
  const { rows } = await sql<Row>`
    with own as (
      select c.id, c.person_id, p.mobile, r.address_key, r.county_id
      from cases c join people p on p.province_id = ${province} and p.id = c.person_id
      join households r on r.province_id = ${province} and r.id = c.household_id
      where c.province_id = ${province} and c.id = ${caseId}::uuid
    ), alike as (
      select c.id from own join cases c on c.province_id = ${province} and c.person_id = own.person_id
      union
      select c.id from own join people p on p.province_id = ${province} and p.mobile = own.mobile
        join cases c on c.province_id = ${province} and c.person_id = p.id
      union
      select c.id from own
        join households r on r.province_id = ${province} and r.address_key = own.address_key
          and r.county_id = own.county_id
        join cases c on c.province_id = ${province} and c.household_id = r.id
    )
    select c.id, c.state, c.kind, c.occupation_id, c.agency_id, c.bank_id, c.county_id,
      c.state_since, c.submitted_on, c.person_id, p.first_name || ' ' || p.last_name as name,
      p.national_id, p.mobile, r.address, c.person_id = own.person_id as same_person,
      coalesce(r.address_key = own.address_key and r.county_id = own.county_id, false)
        as same_address,
      coalesce(p.mobile = own.mobile, false) as same_phone,
      d.id as decision_id, d.verdict, d.reason, d.recorded_at as decided_at,
      a.name_fa as decider_fa, a.name_en as decider_en
    from own join alike on true
    join cases c on c.province_id = ${province} and c.id = alike.id
    join people p on p.province_id = ${province} and p.id = c.person_id
    join households r on r.province_id = ${province} and r.id = c.household_id
    left join duplicate_decisions d on d.province_id = ${province} and d.undone_at is null
      and d.case_id = least(own.id, c.id) and d.other_case_id = greatest(own.id, c.id)
    left join accounts a on a.province_id = ${province} and a.id = d.account_id
    order by (c.id = own.id) desc, same_person desc, same_address desc, c.id desc
    limit ${most + 1}`.execute(tx);
  return rows;
}

function toLine(
  reference: Reference,
  principal: Principal,
  provinceId: number,
  row: Row,
): Static<typeof DuplicateLine> {
  const { agency_id: agencyId, bank_id: bankId, person_id: personId } = row;
  const open = seesCase(principal, { provinceId, agencyId, bankId, personId });
  // Of another agency's case: that it is there and whose it is, as far as the likeness goes.
  const own = open || row.same_person;
  return {
    code: encodeCode(provinceId, row.id),
    open,
    name: row.name,
    nationalId: own ? maskedId(principal, row.national_id) : null,
    mobile: open || row.same_phone ? row.mobile : null,
    address: open || row.same_address ? row.address : null,
    kind: row.kind,
    state: row.state,
    occupation: occupationLabel(reference, row.occupation_id),
    agency: organisationLabel(reference, row.agency_id),
    county: countyLabel(reference, row.county_id),
    since: String(row.state_since),
    submittedOn: row.submitted_on === null ? null : String(row.submitted_on),
    why: [
      ...(row.same_person ? ['person' as const] : []),
      ...(row.same_address ? ['address' as const] : []),
      ...(row.same_phone ? ['phone' as const] : []),
    ],
    decision: decisionOf(row),
  };
}

function decisionOf(row: Row): Static<typeof DuplicateLine>['decision'] {
  if (row.decision_id === null || row.decided_at === null) return null;
  return {
    id: row.decision_id,
    verdict: row.verdict === 'same' ? 'same' : 'different',
    reason: row.reason ?? '',
    by: { fa: row.decider_fa ?? '', en: row.decider_en ?? '' },
    at: row.decided_at.toISOString(),
  };
}

/**
 * Says of two like cases whether they are one, and why.
 * @throws Problem `platform.not_found` (404), `permits.not_alike` (422), `permits.reason_missing` (422),
 *   `permits.duplicate_decided` (409)
 */
export async function decideDuplicate(
  tx: Tx,
  act: Act,
  principal: Principal,
  caseId: string,
  otherId: string,
  body: Pick<Static<typeof DecideDuplicateBody>, 'verdict' | 'reason'>,
): Promise<string> {
  await demandVisible(tx, principal, { provinceId: act.provinceId, id: caseId });
  const reason = normaliseText(body.reason);
  if (!reason) throw new Problem('permits.reason_missing');
  const alike = await selectLike(tx, act.provinceId, caseId);
  if (caseId === otherId || !alike.some(({ id }) => id === otherId)) {
    throw new Problem('permits.not_alike');
  }
  const [first = '', second = ''] = [caseId, otherId].toSorted();
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('duplicate_decisions')
    .values({
      province_id: act.provinceId,
      id,
      case_id: first,
      other_case_id: second,
      verdict: body.verdict,
      reason,
      account_id: principal.accountId,
      recorded_at: act.now,
    })
    .execute();
  return id;
}

/**
 * Takes a decision about two cases back; it keeps its row, and another may be made.
 * @throws Problem `platform.not_found` (404), `permits.reason_missing` (422)
 */
export async function undoDuplicate(
  tx: Tx,
  act: Act,
  principal: Principal,
  caseId: string,
  given: { readonly id: string; readonly reason: string },
): Promise<void> {
  await demandVisible(tx, principal, { provinceId: act.provinceId, id: caseId });
  const reason = normaliseText(given.reason);
  if (!reason) throw new Problem('permits.reason_missing');
  const undone = await tx
    .updateTable('duplicate_decisions')
    .set({ undone_at: act.now, undone_by: principal.accountId, undone_reason: reason })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', given.id)
    .where('undone_at', 'is', null)
    .where(({ eb, or }) => or([eb('case_id', '=', caseId), eb('other_case_id', '=', caseId)]))
    .returning('id')
    .executeTakeFirst();
  if (!undone) throw new Problem('platform.not_found');
}
