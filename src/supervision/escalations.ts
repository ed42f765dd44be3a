import { sql } from 'kysely';
import { countyLabel, organisationLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import type { Tx } from '../platform/database.ts';

const shown = 300;

type Row = {
  case_id: string;
  first_name: string;
  last_name: string;
  stage: string;
  due_on: string;
  noted_at: Date;
  agency_id: string;
  bank_id: string;
  county_id: number;
  visit_id: string | null;
  assignee_id: string | null;
  name_fa: string | null;
  name_en: string | null;
};

/**
 * What the clock of supervision told the directorate of and nobody has mended: visits whose day has passed,
 * and plans that were paid and that nobody looked at since, the longest overdue first.
 * @param organisation agency or bank whose plans alone are asked for
 */
export async function listEscalations(
  tx: Tx,
  reference: Reference,
  asked: { provinceId: number; today: string; organisation: string | null },
) {
  const { provinceId } = asked;
  const rows = await stillLate(tx, asked);
  return rows.map((row) => ({
    caseCode: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    ...{ stage: row.stage, dueOn: row.due_on, notedAt: row.noted_at.toISOString() },
    agency: organisationLabel(reference, row.agency_id),
    bank: organisationLabel(reference, row.bank_id),
    county: countyLabel(reference, row.county_id),
    visit: row.visit_id === null ? null : encodeCode(provinceId, row.visit_id),
    assignee: row.assignee_id === null ? null : { fa: row.name_fa ?? '', en: row.name_en ?? '' },
  }));
}

type Asked = Parameters<typeof listEscalations>[2];

async function stillLate(tx: Tx, { provinceId, today, organisation }: Asked): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with noted as (
      select plan_id, case_id, stage, max(due_on) as due_on, min(recorded_at) as noted_at
      from visit_notices where province_id = ${provinceId} and level = 'escalated'
      group by plan_id, case_id, stage
    ), paid as (
      select plan_id, max(paid_on) as paid_on from tranches
      where province_id = ${provinceId} and taken_back_at is null group by plan_id
    )
    select n.case_id, e.first_name, e.last_name, n.stage, coalesce(v.due_on, n.due_on) as due_on,
      n.noted_at, p.agency_id, p.bank_id, p.county_id, v.id as visit_id, v.assignee_id,
      a.name_fa, a.name_en
    from noted n
    join plans p on p.province_id = ${provinceId} and p.id = n.plan_id
    join people e on e.province_id = ${provinceId} and e.id = p.person_id
    left join paid l on l.plan_id = n.plan_id
    left join visits v on v.province_id = ${provinceId} and v.plan_id = n.plan_id and v.stage = n.stage
      and v.state in ('planned', 'assigned')
    left join accounts a on a.province_id = ${provinceId} and a.id = v.assignee_id
    where (${organisation}::text is null or ${organisation}::text in (p.agency_id, p.bank_id))
      and case when v.id is not null then v.due_on < ${today}::date
        else n.stage = 'after' and not exists (select 1 from visits s
          where s.province_id = ${provinceId} and s.plan_id = n.plan_id and s.stage = n.stage
            and s.state in ('passed', 'to_correct', 'deviation')
            and s.visited_on >= coalesce(l.paid_on, s.visited_on)) end
    order by due_on, n.case_id limit ${shown}`.execute(tx);
  return rows;
}
