import { sql } from 'kysely';
import { countyLabel, organisationLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import { type Candidate, type Drawn, drawSample, readPoints, type Sign } from './draw.ts';

/** The samples of a province, the newest first, and how far their visits have come. */
export async function listSamples(tx: Tx, provinceId: number) {
  const { rows } = await sql<{
    id: string;
    seed: string;
    drawn_on: string;
    candidates: number;
    risk: number;
    chance: number;
    made: number;
  }>`
    select s.id, s.seed, s.drawn_on, count(c.plan_id)::integer as candidates,
      count(*) filter (where c.chosen = 'risk')::integer as risk,
      count(*) filter (where c.chosen = 'chance')::integer as chance,
      count(*) filter (where v.visited_on is not null)::integer as made
    from visit_samples s
    left join visit_candidates c on c.province_id = ${provinceId} and c.sample_id = s.id
    left join visits v on v.province_id = ${provinceId} and v.id = c.visit_id
    where s.province_id = ${provinceId}
    group by s.id, s.seed, s.drawn_on order by s.id desc limit 100`.execute(tx);
  return rows.map(({ id, drawn_on: drawnOn, ...row }) => ({
    ...row,
    ...{ code: encodeCode(provinceId, id), drawnOn },
  }));
}

type Row = {
  readonly plan_id: string;
  readonly case_id: string;
  readonly county_id: number;
  readonly agency_id: string;
  readonly signs: Sign[];
  readonly points: number;
  readonly chosen: Drawn['chosen'];
  readonly visit_id: string | null;
  readonly visit_state: string | null;
  readonly first_name: string;
  readonly last_name: string;
  readonly name_fa: string | null;
  readonly name_en: string | null;
};

/**
 * A sample with its seed, every candidate and why each was drawn; and whether drawing again by the same seed,
 * points and signs gives the same.
 * @throws Problem `platform.not_found` (404)
 */
export async function showSample(tx: Tx, reference: Reference, provinceId: number, id: string) {
  const sample = await tx
    .selectFrom('visit_samples')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!sample) throw new Problem('platform.not_found');
  const rows = await candidatesOf(tx, provinceId, id);
  const { seed, by_risk: byRisk, by_chance: byChance, points, drawn_on: drawnOn } = sample;
  return {
    ...{ seed, byRisk, byChance, points, drawnOn: String(drawnOn) },
    same: isSame(rows, { seed, byRisk, byChance, points }),
    candidates: rows.map((row) => ({
      ...{ plan: row.plan_id, points: row.points, chosen: row.chosen, signs: row.signs },
      visit: row.visit_id === null ? null : encodeCode(provinceId, row.visit_id),
      state: row.visit_state,
      assignee: row.name_fa === null ? null : { fa: row.name_fa, en: row.name_en ?? '' },
      caseCode: encodeCode(provinceId, row.case_id),
      name: `${row.first_name} ${row.last_name}`,
      agency: organisationLabel(reference, row.agency_id),
      county: countyLabel(reference, row.county_id),
    })),
  };
}

async function candidatesOf(tx: Tx, provinceId: number, id: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select c.plan_id, p.case_id, p.county_id, p.agency_id, c.signs, c.points, c.chosen, c.visit_id,
      v.state as visit_state, e.first_name, e.last_name, a.name_fa, a.name_en
    from visit_candidates c
    join plans p on p.province_id = ${provinceId} and p.id = c.plan_id
    join people e on e.province_id = ${provinceId} and e.id = p.person_id
    left join visits v on v.province_id = ${provinceId} and v.id = c.visit_id
    left join accounts a on a.province_id = ${provinceId} and a.id = v.assignee_id
    where c.province_id = ${provinceId} and c.sample_id = ${id}::uuid
    order by c.chosen is null, c.chosen desc, c.points desc, c.plan_id`.execute(tx);
  return rows;
}

/** Draws again by what was kept. */
function isSame(
  rows: readonly Row[],
  { points, ...by }: { seed: string; byRisk: number; byChance: number; points: string },
): boolean {
  const candidates = rows.map(({ plan_id, case_id, county_id, signs }): Candidate => {
    return { planId: plan_id, caseId: case_id, countyId: county_id, signs };
  });
  const again = drawSample(candidates, readPoints(points), by);
  const chosen = new Map(again.map((one) => [one.planId, one]));
  return rows.every((row) => {
    const one = chosen.get(row.plan_id);
    return one?.chosen === row.chosen && one.points === row.points;
  });
}
