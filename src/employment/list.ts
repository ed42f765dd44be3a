import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import { countyLabel, type Reference } from '../accounts/index.ts';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import type { JobsAnswer, JobsQuery } from './contract.ts';
import { visibleJobs } from './policy.ts';
import { type LineRow, lineColumns, toLine } from './show.ts';

type Asked = Static<typeof JobsQuery>;
type Who = { readonly reference: Reference; readonly principal: Principal };

const pageSize = 50;

/**
 * One page of the jobs that a principal sees, the newest first, and how many there are in each state under
 * the same filters: the list and its numbers come from one predicate.
 * @throws Problem `platform.bad_request` (400) for a cursor that is not one of ours
 */
export async function listJobs(
  tx: Tx,
  provinceId: number,
  who: Who,
  asked: Asked,
): Promise<Static<typeof JobsAnswer>> {
  const after = asked.cursor === undefined ? undefined : decodeCode(asked.cursor);
  if (asked.cursor !== undefined && !after) throw new Problem('platform.bad_request');
  const byState = await countByState(tx, provinceId, who.principal, asked);
  const all = seen(tx, provinceId, who.principal, asked);
  const inState = asked.state ? all.where('jobs.state', '=', asked.state) : all;
  const page = after ? inState.where('jobs.id', '<', after.id) : inState;
  const ids = (
    await page
      .select('jobs.id')
      .orderBy('jobs.id', 'desc')
      .limit(pageSize + 1)
      .execute()
  ).map(({ id }) => id);
  const last = ids.length > pageSize ? ids[pageSize - 1] : undefined;
  const rows = await linesOf(tx, provinceId, ids.slice(0, pageSize));
  const whole = Object.values(byState).reduce((sum, count) => sum + count, 0);
  return {
    total: asked.state ? (byState[asked.state] ?? 0) : whole,
    byState,
    items: rows.map((row) => ({
      ...toLine(who, provinceId, row),
      county: countyLabel(who.reference, row.county_id),
    })),
    next: last ? encodeCode(provinceId, last) : null,
  };
}

/** The jobs that a principal sees under the filters, in whatever state. */
function seen(tx: Tx, provinceId: number, principal: Principal, asked: Asked) {
  const more: RawBuilder<boolean>[] = [];
  if (asked.agency) more.push(sql<boolean>`jobs.agency_id = ${asked.agency}`);
  if (asked.relation) more.push(sql<boolean>`jobs.relation = ${asked.relation}`);
  if (asked.county) {
    more.push(sql<boolean>`exists (select 1 from plans p where p.province_id = ${provinceId}
      and p.id = jobs.plan_id and p.county_id = ${Number(asked.county)})`);
  }
  if (asked.recheck) {
    more.push(sql<boolean>`exists (select 1 from job_rechecks r where r.province_id = ${provinceId}
      and r.job_id = jobs.id and r.drawn and r.outcome is null)`);
  }
  return tx
    .selectFrom('jobs')
    .where('jobs.province_id', '=', provinceId)
    .where('jobs.taken_back_at', 'is', null)
    .where(visibleJobs(principal))
    .where((eb) => eb.and(more.map((one) => one as never)));
}

async function countByState(tx: Tx, provinceId: number, principal: Principal, asked: Asked) {
  const rows = await seen(tx, provinceId, principal, asked)
    .select(['jobs.state', sql<number>`count(*)::integer`.as('count')])
    .groupBy('jobs.state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

async function linesOf(tx: Tx, provinceId: number, ids: readonly string[]) {
  const { rows } = await sql<LineRow & { county_id: number }>`
    select ${lineColumns(provinceId)}, l.county_id
    from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id
    join plans l on l.province_id = ${provinceId} and l.id = j.plan_id
    where j.province_id = ${provinceId} and j.id = any(${ids}::uuid[])
    order by j.id desc`.execute(tx);
  return rows;
}

/**
 * The job that a code names, if it is the principal's to see.
 * @throws Problem `platform.not_found` (404)
 */
export async function visibleJob(
  tx: Tx,
  principal: Principal,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
): Promise<string> {
  const row = await tx
    .selectFrom('jobs')
    .select('jobs.id')
    .where('jobs.province_id', '=', provinceId)
    .where('jobs.id', '=', id)
    .where('jobs.taken_back_at', 'is', null)
    .where(visibleJobs(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row.id;
}
