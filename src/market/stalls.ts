import { sql } from 'kysely';
import { countyLabel, occupationLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { getCasesForUpdate, idIn } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { beside } from '../platform/standing.ts';
import { marketCounts } from './counts.ts';
import { checkStanding, type Standing, standingOf } from './rules.ts';

/** A permit with what it is worth today, and why where it is suspended. */
export type PermitNow = {
  readonly caseId: string;
  readonly number: string;
  readonly standing: Standing;
  readonly reason: string | null;
};

/** The permits behind cases as they stand today, by case; absent where there is none. */
export async function permitsNow(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
  today: string,
): Promise<Map<string, PermitNow>> {
  const { rows } = await sql<{
    id: string;
    state: string;
    number: string;
    valid_until: string;
    reason: string | null;
  }>`
    select c.id, c.state, p.number, p.valid_until,
      case when c.state = 'suspended' then (
        select h.reason from history h where h.province_id = ${provinceId} and h.case_id = c.id
          and h.verb = 'permits.suspend' and h.sign = 1 order by h.seq desc limit 1) end as reason
    from cases c
    join permits p on p.province_id = ${provinceId} and p.case_id = c.id and p.taken_back_at is null
    where c.province_id = ${provinceId} and c.id = any(${caseIds}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => {
      const standing = standingOf({ state: row.state, validUntil: row.valid_until }, today);
      return [row.id, { caseId: row.id, number: row.number, standing, reason: row.reason }];
    }),
  );
}

/** Whether an occupation makes food: its clearing bodies include the health authority. */
export function makesFood(reference: Reference, occupationId: string): boolean {
  return reference.occupations.get(occupationId)?.clearance_ids.includes('HEALTH') ?? false;
}

/**
 * Opens a stall for a permit of the principal's own.
 * @throws Problem `platform.not_found` (404), `market.permit_not_valid`, `market.stall_open_already` (409)
 */
export async function openStall(
  tx: Tx,
  act: Act,
  principal: Pick<Principal, 'personId'>,
  given: { readonly caseCode: string; readonly name: string; readonly about?: string },
): Promise<string> {
  const caseId = idIn(act.provinceId, given.caseCode);
  const it = (await getCasesForUpdate(tx, act.provinceId, [caseId])).get(caseId);
  if (!it || it.personId !== principal.personId) throw new Problem('platform.not_found');
  const permit = (await permitsNow(tx, act.provinceId, [caseId], act.today)).get(caseId);
  checkStanding(permit?.standing ?? 'revoked');
  const id = uuid7(act.now.getTime());
  const { dims, personId } = it;
  await tx
    .insertInto('stalls')
    .values({
      ...{ province_id: act.provinceId, id, case_id: caseId, person_id: personId },
      ...{ county_id: dims.countyId, occupation_id: dims.occupationId },
      ...{ name: normaliseText(given.name), about: normaliseText(given.about ?? '') },
      ...{ state: 'open', opened_on: act.today, recorded_at: act.now },
    })
    .execute();
  const step = { verb: 'market.openStall', from: null, to: 'open', happenedOn: act.today };
  const facts = { ...beside, stall: id };
  await recordSteps(tx, act, marketCounts, [{ ...step, caseId, personId, dims, facts }]);
  return id;
}

type MineRow = {
  case_id: string;
  occupation_id: string;
  county_id: number;
  first_name: string;
  last_name: string;
  stall_id: string | null;
  name: string | null;
  about: string | null;
  state: string | null;
};

/** The permits of a person that have a stall or could have one. */
export async function listMine(
  tx: Tx,
  reference: Reference,
  { provinceId, today }: Act,
  principal: Pick<Principal, 'personId'>,
) {
  const { rows } = await sql<MineRow>`
    select c.id as case_id, c.occupation_id, c.county_id, p.first_name, p.last_name,
      s.id as stall_id, s.name, s.about, s.state
    from cases c
    join people p on p.province_id = ${provinceId} and p.id = c.person_id
    left join stalls s on s.province_id = ${provinceId} and s.case_id = c.id
    where c.province_id = ${provinceId} and c.person_id = ${principal.personId}::uuid
      and c.permit_id is not null order by c.id`.execute(tx);
  const ids = rows.map((row) => row.case_id);
  const permits = await permitsNow(tx, provinceId, ids, today);
  return rows.flatMap((row) => {
    const permit = permits.get(row.case_id);
    if (!permit) return [];
    const { number, standing, reason } = permit;
    const occupation = occupationLabel(reference, row.occupation_id);
    return [
      {
        code: row.stall_id === null ? null : encodeCode(provinceId, row.stall_id),
        caseCode: encodeCode(provinceId, row.case_id),
        ...{ name: row.name ?? '', about: row.about ?? '', state: row.state },
        permit: { number, standing, reason },
        ...{ occupation, county: countyLabel(reference, row.county_id), label: occupation.label },
        food: makesFood(reference, row.occupation_id),
        holder: `${row.first_name} ${row.last_name}`,
      },
    ];
  });
}
