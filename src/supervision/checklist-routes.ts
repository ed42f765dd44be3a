import { type Static, Type } from 'typebox';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Checklist } from './checklist-rules.ts';
import { keepChecklist, newestChecklists } from './checklists.ts';
import { ChecklistShape, ChecklistsAnswer, LangQuery } from './contract.ts';
import { supervisionPermissions as table } from './policy.ts';
import { stages } from './rules.ts';

const StageParams = Type.Object({ stage: Type.Enum(stages) });
const VersionAnswer = Type.Object({ version: Type.Integer() });

/** The checklists by which plans are looked at, and their next versions. */
export const checklistRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.listChecklists',
    method: 'GET',
    url: '/api/checklists',
    summary: 'The newest checklist of each stage',
    access: { table, permission: 'supervision.keepChecklist' },
    query: LangQuery,
    response: ChecklistsAnswer,
    handle: async ({ tx, act }) => {
      const kept = [...(await newestChecklists(tx, act)).values()];
      const items = kept.map(({ stage, version, content }) => {
        return { stage, version, ...(content as Static<typeof ChecklistShape>) };
      });
      return { items };
    },
  }),
  endpoint({
    id: 'supervision.keepChecklist',
    method: 'POST',
    url: '/api/checklists/:stage',
    summary: 'A new version of a stage’s checklist, for the visits that are planned from now on',
    access: { table, permission: 'supervision.keepChecklist' },
    params: StageParams,
    body: ChecklistShape,
    response: VersionAnswer,
    status: 201,
    problems: ['supervision.checklist_wrong'],
    handle: async ({ tx, act, params, body }) => ({
      version: await keepChecklist(tx, act, params.stage, body as Checklist),
    }),
  }),
];
