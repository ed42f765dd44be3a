import { sql } from 'kysely';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import { defaultRule, monthsOfSupporters } from './default.ts';
import { mayDefault } from './rules.ts';

/** Whose supporters a principal lists: an agency's expert its own. */
export function agencyOf({ role, organisationId }: Principal): string | null {
  return role === 'expert' ? (organisationId ?? '') : null;
}

/** The supporters of a province that a principal may see; those in default and those who may be come first. */
export async function listSupporters(
  tx: Tx,
  { reference, principal, today }: { reference: Reference; principal: Principal; today: string },
  provinceId: number,
) {
  const agency = agencyOf(principal);
  const { rows } = await sql<Raw>`
    select s.case_id, s.state, s.state_since, s.capacity, s.county_id, s.agency_id, s.occupation_id,
      coalesce(s.firm_name, p.first_name || ' ' || p.last_name) as name, p.demonstration,
      (select count(*)::integer from covers v where v.province_id = ${provinceId}
        and v.case_id = s.case_id and v.state in ('named', 'covered')) as people,
      (select count(*)::integer from covers v where v.province_id = ${provinceId}
        and v.case_id = s.case_id and v.state = 'seeking') as seeking,
      coalesce(m.promised, 0)::bigint as promised, coalesce(m.taken, 0)::bigint as taken,
      coalesce(m.owed, 0)::bigint as owed, coalesce(m.late, 0)::bigint as late
    from supporters s
    join people p on p.province_id = ${provinceId} and p.id = s.person_id
    left join (
      select case_id, sum(stated_promised_rial) as promised, sum(earned_rial) as taken,
        sum(earned_rial - deducted_rial - paid_rial) as owed, sum(stated_late_rial) as late
      from pay_months where province_id = ${provinceId} group by case_id
    ) m on m.case_id = s.case_id
    where s.province_id = ${provinceId}
      and (${agency}::text is null or s.agency_id = ${agency}::text)
    order by s.case_id limit 1000`.execute(tx);
  const ids = rows.map((row) => row.case_id);
  const months = await monthsOfSupporters(tx, provinceId, ids, today);
  const rule = defaultRule(reference, provinceId, today);
  const lines = rows.map((row) => {
    const fits = row.state === 'approved' && mayDefault(months.get(row.case_id) ?? [], rule);
    return { ...toLine(reference, provinceId, row), mayDefault: fits };
  });
  const weight = ({ state, mayDefault: fits }: { state: string; mayDefault: boolean }) =>
    state === 'in_default' ? 0 : fits ? 1 : state === 'applied' ? 3 : 2;
  return lines.sort((a, b) => weight(a) - weight(b));
}

type Raw = {
  case_id: string;
  state: string;
  state_since: string;
  capacity: number | null;
  county_id: number;
  agency_id: string;
  occupation_id: string;
  name: string;
  demonstration: boolean;
  people: number;
  seeking: number;
  promised: bigint;
  taken: bigint;
  owed: bigint;
  late: bigint;
};

function toLine(reference: Reference, provinceId: number, row: Raw) {
  return {
    ...{ code: encodeCode(provinceId, row.case_id), name: row.name, state: row.state },
    ...{ since: row.state_since, capacity: row.capacity, people: row.people },
    ...{ seeking: row.seeking, demonstration: row.demonstration },
    county: countyLabel(reference, row.county_id),
    agency: organisationLabel(reference, row.agency_id),
    occupation: occupationLabel(reference, row.occupation_id),
    ...{ takenRial: String(row.taken), promisedRial: String(row.promised) },
    ...{ owedRial: String(row.owed), lateRial: String(row.late) },
  };
}

/** Where a person is a supporter, and who supports them, the newest first. */
export async function myRelations(tx: Tx, { provinceId, personId }: Principal) {
  const supporters = await sql<{ id: string }>`
    select id from cases where province_id = ${provinceId} and person_id = ${personId}::uuid
      and kind = 'supporter' order by id desc`.execute(tx);
  const covers = await sql<{ id: string }>`
    select id from covers where province_id = ${provinceId} and person_id = ${personId}::uuid
    order by (state in ('moved', 'ended')), id desc`.execute(tx);
  const codes = (rows: readonly { id: string }[]) =>
    rows.map(({ id }) => encodeCode(provinceId, id));
  return { supporters: codes(supporters.rows), covers: codes(covers.rows) };
}

/** The clusters of a province, with their supporters and the steps that they have done. */
export async function listClusters(tx: Tx, reference: Reference, provinceId: number) {
  const { rows } = await sql<{
    id: string;
    name: string;
    county_id: number;
    occupation_id: string;
    driver_firm: string | null;
    memorandum_on: string | null;
    supporters: { id: string; name: string }[];
    steps: { step: number; doneOn: string; note: string }[];
  }>`
    select c.id, c.name, c.county_id, c.occupation_id, c.driver_firm, c.memorandum_on,
      (select coalesce(jsonb_agg(jsonb_build_object('id', j.case_id,
          'name', coalesce(s.firm_name, p.first_name || ' ' || p.last_name)) order by j.case_id), '[]')
        from cluster_supporters j
        join supporters s on s.province_id = ${provinceId} and s.case_id = j.case_id
        join people p on p.province_id = ${provinceId} and p.id = s.person_id
        where j.province_id = ${provinceId} and j.cluster_id = c.id) as supporters,
      (select coalesce(jsonb_agg(jsonb_build_object('step', d.step, 'doneOn', d.done_on, 'note', d.note)
          order by d.step), '[]')
        from cluster_steps d where d.province_id = ${provinceId} and d.cluster_id = c.id) as steps
    from clusters c where c.province_id = ${provinceId} order by c.id limit 200`.execute(tx);
  return rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.id), name: row.name, driverFirm: row.driver_firm },
    ...{ memorandumOn: row.memorandum_on, steps: row.steps },
    county: countyLabel(reference, row.county_id),
    occupation: occupationLabel(reference, row.occupation_id),
    supporters: row.supporters.map(({ id, name }) => ({ code: encodeCode(provinceId, id), name })),
  }));
}
