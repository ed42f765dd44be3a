import type { Reference } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import { leastChannel, openVisitStates, stageIsDue, stages } from './rules.ts';
import { channelRuleOn } from './settings.ts';

/** The stages in which a case's newest plan can be looked at now and is not yet, each with its weakest channel. */
export async function plannableStages(
  tx: Tx,
  reference: Reference,
  { provinceId, id }: { provinceId: number; id: string },
  today: string,
): Promise<{ stage: string; least: string }[]> {
  const plan = await newestPlan(tx, provinceId, id);
  if (!plan) return [];
  const open = await tx
    .selectFrom('visits')
    .select('stage')
    .where('province_id', '=', provinceId)
    .where('plan_id', '=', plan.id)
    .where('state', 'in', openVisitStates)
    .execute();
  const taken = new Set(open.map(({ stage }) => stage));
  const due = stages.filter((stage) => stageIsDue(stage, plan) && !taken.has(stage));
  return due.map((stage) => ({
    stage,
    least: leastChannel(stage, channelRuleOn(reference, provinceId, stage, today), plan),
  }));
}

async function newestPlan(tx: Tx, provinceId: number, caseId: string) {
  const row = await tx
    .selectFrom('plans as p')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.id', '=', 'p.case_id').on('c.province_id', '=', provinceId),
    )
    .leftJoin('loans as l', (join) =>
      join.onRef('l.plan_id', '=', 'p.id').on('l.province_id', '=', provinceId),
    )
    .select(['p.id', 'p.state', 'p.paid_rial', 'p.approved_rial', 'p.requested_rial'])
    .select(['c.occupation_id', 'l.state as loan_state'])
    .select((eb) =>
      eb
        .selectFrom('tranches as t')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('t.province_id', '=', provinceId)
        .whereRef('t.plan_id', '=', 'p.id')
        .where('t.taken_back_at', 'is', null)
        .as('tranches'),
    )
    .where('p.province_id', '=', provinceId)
    .where('p.case_id', '=', caseId)
    .orderBy('p.id', 'desc')
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    ...{ id: row.id, state: row.state, paidRial: row.paid_rial, tranches: Number(row.tranches) },
    limitRial: row.approved_rial ?? row.requested_rial,
    loanEnded: row.loan_state === 'fallen_due' || row.loan_state === 'settled',
    occupationId: row.occupation_id,
  };
}
