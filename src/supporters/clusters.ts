import { sql } from 'kysely';
import { getCounty, getOccupation, type Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { clusterSteps } from './cluster-rules.ts';
import { checkDay } from './ledger/lock.ts';

/** Opens a cluster of supporters of a county and an occupation. @returns its id */
export async function openCluster(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: { name: string; countyId: number; occupationId: string },
): Promise<string> {
  getCounty(reference, input.countyId, act.provinceId);
  getOccupation(reference, input.occupationId);
  const id = uuid7(act.now.getTime());
  const row = { province_id: act.provinceId, id, name: normaliseText(input.name) };
  await tx
    .insertInto('clusters')
    .values({
      ...{ ...row, county_id: input.countyId, occupation_id: input.occupationId },
      recorded_at: act.now,
    })
    .execute();
  return id;
}

async function demandCluster(tx: Tx, provinceId: number, id: string): Promise<void> {
  const row = await tx
    .selectFrom('clusters')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
}

/** A supporter joins a cluster. @throws Problem `platform.not_found`, `supporters.in_cluster` (409) */
export async function joinCluster(
  tx: Tx,
  act: Act,
  { clusterId, caseId }: { clusterId: string; caseId: string },
): Promise<void> {
  await demandCluster(tx, act.provinceId, clusterId);
  const row = { province_id: act.provinceId, cluster_id: clusterId, case_id: caseId };
  await tx
    .insertInto('cluster_supporters')
    .values({ ...row, joined_on: act.today })
    .execute();
}

/** One of the plan's steps as it was done; the memorandum's step names the driver firm. */
export type StepDone = {
  readonly clusterId: string;
  readonly step: number;
  readonly doneOn: string;
  readonly note: string;
  /** The driver firm of the memorandum. */
  readonly firm?: string | undefined;
};

/**
 * Records that a cluster has done a step; steps are done in the order of the plan.
 * @throws Problem `platform.not_found`, `supporters.step_order` (409), `supporters.future_day`, `supporters.too_long_ago`,
 * `supporters.firm_missing` (422)
 */
export async function doClusterStep(tx: Tx, act: Act, input: StepDone): Promise<void> {
  const { clusterId, step, doneOn } = input;
  checkDay(act.today, doneOn);
  await demandCluster(tx, act.provinceId, clusterId);
  const { rows } = await sql<{ done: number }>`
    select coalesce(max(step), 0) as done from cluster_steps
    where province_id = ${act.provinceId} and cluster_id = ${clusterId}::uuid`.execute(tx);
  if (step !== (rows[0]?.done ?? 0) + 1) throw new Problem('supporters.step_order');
  const isMemorandum = clusterSteps.find((one) => one.step === step)?.memorandum ?? false;
  if (isMemorandum && !input.firm?.trim()) throw new Problem('supporters.firm_missing');
  await tx
    .insertInto('cluster_steps')
    .values({
      ...{ province_id: act.provinceId, cluster_id: clusterId, step, done_on: doneOn },
      ...{ note: normaliseText(input.note), account_id: act.actorId, recorded_at: act.now },
    })
    .execute();
  if (!isMemorandum || !input.firm) return;
  await tx
    .updateTable('clusters')
    .set({ driver_firm: normaliseText(input.firm), memorandum_on: doneOn })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', clusterId)
    .execute();
}
