import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import {
  DraftAnswer,
  DraftAnswers,
  DraftList,
  DraftParams,
  SaveBody,
  VersionBody,
} from './application-contract.ts';
import { caseKey, signedIn } from './case-key.ts';
import { CodeAnswer } from './contract.ts';
import { getDraft } from './draft-queries.ts';
import {
  discardDraft,
  listDrafts,
  saveAnswers,
  showDraft,
  startDraft,
  submitDraft,
} from './drafts.ts';
import { permitPermissions as table } from './policy.ts';

const access = { table, permission: 'permits.apply' };
const saveProblems = [
  'platform.not_found',
  'permits.draft_changed',
  'permits.draft_closed',
  'accounts.unknown_county',
  'accounts.unknown_occupation',
];

export const draftRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'permits.listDrafts',
    method: 'GET',
    url: '/api/drafts',
    summary: 'Applications that are still being filled in',
    access,
    response: DraftList,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return { items: await listDrafts(tx, reference, signedIn(principal), act.today) };
    },
  }),
  endpoint({
    id: 'permits.startDraft',
    method: 'POST',
    url: '/api/drafts',
    summary: 'Begin an application, for oneself or on somebody’s behalf',
    access,
    body: DraftAnswers,
    response: CodeAnswer,
    status: 201,
    problems: ['permits.identity_missing'],
    handle: async ({ tx, act, principal, body }) => ({
      code: encodeCode(act.provinceId, await startDraft(tx, act, signedIn(principal), body)),
    }),
  }),
  endpoint({
    id: 'permits.showDraft',
    method: 'GET',
    url: '/api/drafts/:code',
    summary: 'An application so far: answers, documents, and what it still lacks',
    access,
    params: DraftParams,
    response: DraftAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const draft = await getDraft(tx, signedIn(principal), caseKey(params.code).id);
      return showDraft(tx, await referenceOf(house.database), act.today, draft);
    },
  }),
  endpoint({
    id: 'permits.saveDraft',
    method: 'POST',
    url: '/api/drafts/:code/answers',
    summary: 'Save question groups over the version that this device last saw',
    access,
    params: DraftParams,
    body: SaveBody,
    response: DraftAnswer,
    problems: saveProblems,
    handle: async ({ tx, act, principal, params, body, house }) => {
      const reference = await referenceOf(house.database);
      const { id } = caseKey(params.code);
      const draft = await getDraft(tx, signedIn(principal), id, true);
      await saveAnswers(tx, act, reference, draft, body);
      const saved = await getDraft(tx, signedIn(principal), id);
      return showDraft(tx, reference, act.today, saved);
    },
  }),
  endpoint({
    id: 'permits.discardDraft',
    method: 'POST',
    url: '/api/drafts/:code/discard',
    summary: 'Put an application away that was not sent',
    access,
    params: DraftParams,
    body: VersionBody,
    response: Type.Object({ discarded: Type.Literal(true) }),
    problems: saveProblems,
    handle: async ({ tx, act, principal, params, body }) => {
      const draft = await getDraft(tx, signedIn(principal), caseKey(params.code).id, true);
      await discardDraft(tx, act, draft, body.version);
      return { discarded: true as const };
    },
  }),
  endpoint({
    id: 'permits.submitDraft',
    method: 'POST',
    url: '/api/drafts/:code/submit',
    summary: 'Send a complete application: it becomes a case',
    access,
    params: DraftParams,
    body: VersionBody,
    response: CodeAnswer,
    status: 201,
    wholeProvince: 'The applicant may be known through another agency’s case.',
    problems: [
      ...saveProblems,
      'permits.draft_incomplete',
      'permits.identity_differs',
      'permits.already_open',
      'accounts.not_a_national_id',
      'accounts.person_differs',
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const reference = await referenceOf(house.database);
      const given = { id: caseKey(params.code).id, version: body.version };
      const id = await submitDraft(tx, act, reference, signedIn(principal), given);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
];
