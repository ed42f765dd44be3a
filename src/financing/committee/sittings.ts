import { sql } from 'kysely';
import { dueBy, getCounty, type Reference } from '../../accounts/index.ts';
import { type IsoDate, isoToJalali } from '../../kit/jalali.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { getCasesForUpdate, setHolders } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { demandWaiting, holdAgenda } from './agendas.ts';
import { type Body, type SittingVerdict, type Standing, waitAfter } from './rules.ts';

/** A sitting as it was held; its decisions in the order of the agenda. */
export type SittingInput = {
  readonly body: Body;
  readonly countyId: number | null;
  readonly heldOn: string;
  readonly members: readonly string[];
  /** The agenda that called it, by its id, where one did. */
  readonly agendaId?: string | undefined;
  readonly decisions: readonly {
    readonly caseId: string;
    readonly verdict: SittingVerdict;
    readonly reason?: string | undefined;
  }[];
};

/**
 * Records a sitting with what it decided about each case. All or none.
 * @returns the sitting's id
 * @throws Problem `platform.not_found`, `financing.sitting_incomplete`,
 * `financing.not_on_agenda` (422), and as `holdAgenda`
 */
export async function holdSitting(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: SittingInput,
): Promise<string> {
  const members = input.members.map(normaliseText).filter(Boolean);
  const said = input.decisions.every(
    ({ verdict, reason }) => verdict === 'approved' || reason?.trim(),
  );
  const placed = (input.body === 'county') === (input.countyId !== null);
  if (members.length === 0 || !said || !placed || input.heldOn > act.today) {
    throw new Problem('financing.sitting_incomplete');
  }
  if (input.countyId !== null) getCounty(reference, input.countyId, act.provinceId);
  const ids = input.decisions.map(({ caseId }) => caseId);
  demandWaiting(await getCasesForUpdate(tx, act.provinceId, ids), input.countyId);
  const id = uuid7(act.now.getTime());
  await insertSitting(tx, act, id, { ...input, members });
  const { body, countyId, agendaId } = input;
  if (agendaId) await holdAgenda(tx, act, agendaId, { id, body, countyId, caseIds: ids });
  await setHolders(tx, act.provinceId, input.decisions.map(waitOf(act, reference, input.heldOn)));
  return id;
}

/** Whose turn a case is once a sitting decided about it, and until when. */
function waitOf(act: Act, reference: Reference, since: string) {
  return ({ caseId, verdict }: SittingInput['decisions'][number]) => {
    const dueOn = dueBy(reference, act.provinceId, waitAfter(verdict), since);
    const holder = dueOn === null ? ('nobody' as const) : ('directorate' as const);
    return { caseId, holder, since, dueOn };
  };
}

async function insertSitting(tx: Tx, act: Act, id: string, input: SittingInput): Promise<void> {
  const { year } = isoToJalali(input.heldOn as IsoDate);
  await sql`
    insert into sittings (province_id, id, body, county_id, fiscal_year, number, held_on, members,
      account_id, recorded_at)
    select ${act.provinceId}::integer, ${id}::uuid, ${input.body}::text, ${input.countyId}::integer,
      ${year}::integer, coalesce(max(number), 0) + 1, ${input.heldOn}::date,
      ${input.members}::text[], ${act.actorId}::uuid, ${act.now}::timestamptz
    from sittings where province_id = ${act.provinceId} and body = ${input.body}
      and county_id is not distinct from ${input.countyId}::integer
      and fiscal_year = ${year}`.execute(tx);
  await tx
    .insertInto('sitting_decisions')
    .values(
      input.decisions.map(({ caseId, verdict, reason }, at) => ({
        ...{ province_id: act.provinceId, sitting_id: id, case_id: caseId, place: at + 1, verdict },
        reason: reason?.trim() ? normaliseText(reason) : null,
      })),
    )
    .execute();
}

/** The newest decision of each body about each case since its last plan, by case. */
export async function standingOf(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, Standing[]>> {
  const { rows } = await sql<{
    case_id: string;
    body: Body;
    verdict: SittingVerdict;
    sitting: string;
  }>`
    select distinct on (d.case_id, s.body) d.case_id, s.body, d.verdict, s.id as sitting
    from sitting_decisions d
    join sittings s on s.province_id = ${provinceId} and s.id = d.sitting_id
    where d.province_id = ${provinceId} and d.case_id = any(${caseIds}::uuid[])
      and not exists (select 1 from plans p where p.province_id = ${provinceId}
        and p.case_id = d.case_id and p.state <> 'void' and p.referred_on >= s.held_on)
    order by d.case_id, s.body, s.held_on desc, s.number desc`.execute(tx);
  return Map.groupBy(
    rows.map(({ case_id, ...one }) => ({ ...one, caseId: case_id })),
    ({ caseId }) => caseId,
  );
}
