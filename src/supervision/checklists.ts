import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { type Checklist, checklistFaults } from './checklist-rules.ts';
import first from './data/checklists.json' with { type: 'json' };
import { type Stage, stages } from './rules.ts';

/** A version of a checklist as it is kept. */
export type KeptChecklist = {
  readonly id: string;
  readonly stage: Stage;
  readonly version: number;
  readonly content: Checklist;
};

const ours = first as unknown as Readonly<Record<Stage, Checklist>>;

/** The newest version of each stage's checklist; a province that has none gets those of the house. */
export async function newestChecklists(tx: Tx, act: Act): Promise<Map<Stage, KeptChecklist>> {
  const newest = await findNewest(tx, act.provinceId);
  const missing = stages.filter((stage) => !newest.has(stage));
  if (missing.length === 0) return newest;
  for (const stage of missing) await insertVersion(tx, act, stage, 1, ours[stage]);
  return findNewest(tx, act.provinceId);
}

/** The same to look at: what a province does not have yet is not kept for that. */
export async function lookAtChecklists(
  tx: Tx,
  provinceId: number,
): Promise<Map<Stage, Omit<KeptChecklist, 'id'>>> {
  const newest = await findNewest(tx, provinceId);
  return new Map(
    stages.map((stage) => [
      stage,
      newest.get(stage) ?? { stage, version: 1, content: ours[stage] },
    ]),
  );
}

async function findNewest(tx: Tx, provinceId: number): Promise<Map<Stage, KeptChecklist>> {
  const rows = await tx
    .selectFrom('checklists')
    .distinctOn('stage')
    .select(['id', 'stage', 'version', 'content'])
    .where('province_id', '=', provinceId)
    .orderBy('stage')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.stage as Stage, toKept(row)]));
}

type Row = { id: string; stage: string; version: number; content: unknown };

function toKept({ id, stage, version, content }: Row): KeptChecklist {
  return { id, stage: stage as Stage, version, content: content as Checklist };
}

/** Versions by their ids. */
export async function checklistsById(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, KeptChecklist>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('checklists')
    .select(['id', 'stage', 'version', 'content'])
    .where('province_id', '=', provinceId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, toKept(row)]));
}

/**
 * Keeps a new version of a stage's checklist; visits planned from now on ask by it, those planned before
 * ask by theirs.
 * @returns its number
 * @throws Problem `supervision.checklist_wrong` (422) with faults by question
 */
export async function keepChecklist(
  tx: Tx,
  act: Act,
  stage: Stage,
  content: Checklist,
): Promise<number> {
  const faults = checklistFaults(content);
  if (faults.length > 0) throw new Problem('supervision.checklist_wrong', {}, faults);
  const newest = (await newestChecklists(tx, act)).get(stage);
  const version = (newest?.version ?? 0) + 1;
  await insertVersion(tx, act, stage, version, content);
  return version;
}

async function insertVersion(
  tx: Tx,
  act: Act,
  stage: Stage,
  version: number,
  content: Checklist,
): Promise<void> {
  const { provinceId: province_id, actorId: account_id, now } = act;
  const id = uuid7(now.getTime());
  const row = { ...{ province_id, id, stage, version, account_id }, recorded_at: now };
  await tx
    .insertInto('checklists')
    .values({ ...row, content: JSON.stringify(content) })
    .onConflict((conflict) => conflict.columns(['province_id', 'stage', 'version']).doNothing())
    .execute();
}
