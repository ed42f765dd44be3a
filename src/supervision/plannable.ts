import type { Reference } from '../accounts/index.ts';
import { findPlans } from '../financing/index.ts';
import type { Tx } from '../platform/database.ts';
import { leastChannel, openVisitStates, stageIsDue, stages } from './rules.ts';
import { channelRuleOn } from './settings.ts';
import { supervised } from './steps.ts';

/** The stages in which a case's newest plan can be looked at now and is not yet, each with its weakest channel. */
export async function plannableStages(
  tx: Tx,
  reference: Reference,
  { provinceId, id }: { provinceId: number; id: string },
  today: string,
): Promise<{ stage: string; least: string }[]> {
  const found = (await findPlans(tx, provinceId, [id])).get(id);
  if (!found) return [];
  const plan = supervised(found);
  const open = await tx
    .selectFrom('visits')
    .select('stage')
    .where('province_id', '=', provinceId)
    .where('plan_id', '=', found.id)
    .where('state', 'in', openVisitStates)
    .execute();
  const { occupation_id: occupationId } = await tx
    .selectFrom('cases')
    .select('occupation_id')
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const about = { limitRial: plan.limitRial, occupationId };
  const taken = new Set(open.map(({ stage }) => stage));
  const due = stages.filter((stage) => stageIsDue(stage, plan) && !taken.has(stage));
  return due.map((stage) => ({
    stage,
    least: leastChannel(stage, channelRuleOn(reference, provinceId, stage, today), about),
  }));
}
