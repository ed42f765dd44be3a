import { sql } from 'kysely';
import type { Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { drawAgain } from './draw.ts';
import { recheckShareOn } from './settings.ts';

/** The draws of a province, the newest first, and how many verifications wait for one. */
export async function listDraws(
  tx: Tx,
  { provinceId, today }: Pick<Act, 'provinceId' | 'today'>,
  reference: Reference,
) {
  const { rows } = await sql<{
    id: string;
    seed: string;
    share_bp: number;
    drawn_on: string;
    candidates: number;
    drawn: number;
    agreed: number;
    disagreed: number;
  }>`
    select d.id, d.seed, d.share_bp, d.drawn_on, count(*)::integer as candidates,
      count(*) filter (where r.drawn)::integer as drawn,
      count(*) filter (where r.outcome = 'agrees')::integer as agreed,
      count(*) filter (where r.outcome = 'disagrees')::integer as disagreed
    from recheck_draws d
    join job_rechecks r on r.province_id = ${provinceId} and r.draw_id = d.id
    where d.province_id = ${provinceId}
    group by d.id, d.seed, d.share_bp, d.drawn_on order by d.id desc limit 100`.execute(tx);
  return {
    undrawn: await countUndrawn(tx, provinceId),
    shareBp: recheckShareOn(reference, provinceId, today),
    draws: rows.map(({ id, share_bp, drawn_on, ...row }) => ({
      ...row,
      code: encodeCode(provinceId, id),
      ...{ shareBp: share_bp, drawnOn: drawn_on },
    })),
  };
}

async function countUndrawn(tx: Tx, provinceId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from jobs j
    where j.province_id = ${provinceId} and j.state = 'verified' and j.taken_back_at is null
      and not exists (select 1 from job_rechecks r where r.province_id = ${provinceId}
        and r.verify_step_id = j.verify_step_id)`.execute(tx);
  return rows[0]?.count ?? 0;
}

/**
 * One draw with all that could have been drawn, and whether drawing again by its seed gives the same.
 * @throws Problem `platform.not_found` (404)
 */
export async function getDraw(tx: Tx, provinceId: number, id: string) {
  const draw = await tx
    .selectFrom('recheck_draws')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!draw) throw new Problem('platform.not_found');
  const rows = await tx
    .selectFrom('job_rechecks')
    .select(['verify_step_id', 'job_id', 'drawn', 'outcome'])
    .where('province_id', '=', provinceId)
    .where('draw_id', '=', id)
    .orderBy('verify_step_id')
    .execute();
  const { seed, share_bp: shareBp, drawn_on: drawnOn } = draw;
  const ids = rows.map((row) => row.verify_step_id);
  const again = drawAgain(ids, { seed, shareBp });
  return {
    ...{ seed, shareBp, drawnOn: String(drawnOn) },
    same: rows.every((row) => row.drawn === again.has(row.verify_step_id)),
    verifications: rows.map((row) => ({
      ...{ verification: row.verify_step_id, drawn: row.drawn, outcome: row.outcome },
      job: encodeCode(provinceId, row.job_id),
    })),
  };
}
