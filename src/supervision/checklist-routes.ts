import { type Static, Type } from 'typebox';
import { Problem } from '../kit/problem.ts';
import { type AnyEndpoint, DownloadAnswer, endpoint } from '../platform/endpoint.ts';
import type { Checklist } from './checklist-rules.ts';
import { keepChecklist, lookAtChecklists } from './checklists.ts';
import { ChecklistShape, ChecklistsAnswer, FormAnswer, FormBody, LangQuery } from './contract.ts';
import { supervisionPermissions as table } from './policy.ts';
import { stages } from './rules.ts';
import { readForm, writeForm } from './xlsform.ts';

const StageParams = Type.Object({ stage: Type.Enum(stages) });
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Far more than two hundred questions take. */
const largestForm = 2_000_000;
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
      const kept = [...(await lookAtChecklists(tx, act.provinceId)).values()];
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
    objectFrom: 'none',
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
  endpoint({
    id: 'supervision.downloadForm',
    method: 'GET',
    url: '/api/checklists/:stage/form.xlsx',
    objectFrom: 'none',
    summary: 'A stage’s checklist as XLSForm, which tools of the field know',
    access: { table, permission: 'supervision.keepChecklist' },
    params: StageParams,
    query: LangQuery,
    response: DownloadAnswer,
    download: workbook,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, params }) => {
      const kept = (await lookAtChecklists(tx, act.provinceId)).get(params.stage);
      if (!kept) throw new Problem('platform.not_found');
      const { version, content } = kept;
      const bytes = await writeForm(content as Checklist, params.stage, version);
      return { fileName: `${params.stage}-${version}.xlsx`, bytes };
    },
  }),
  endpoint({
    id: 'supervision.readForm',
    method: 'POST',
    url: '/api/checklists/read-form',
    summary: 'Read an XLSForm: the checklist to be looked at and kept, or what is wrong, by row',
    access: { table, permission: 'supervision.keepChecklist' },
    upload: { maxBytes: largestForm },
    body: FormBody,
    response: FormAnswer,
    problems: ['supervision.form_unreadable'],
    handle: async ({ upload, house: { files } }) => {
      const key = upload?.key ?? '';
      const bytes = await files.getBytes(key);
      // What was read is in the answer; the file has done its work.
      await files.delete(key);
      return (await readForm(bytes)) as Static<typeof FormAnswer>;
    },
  }),
];
