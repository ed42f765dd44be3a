import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { type AnyEndpoint, type Call, endpoint } from '../platform/endpoint.ts';
import { visibleCase } from './allow-act.ts';
import { type BatchVerb, batchVerbs, takeBatch } from './batches.ts';
import { caseKey, signedIn } from './case-key.ts';
import { release } from './claims.ts';
import { CodeAnswer, CodeParams } from './contract.ts';
import {
  DecideDuplicateBody,
  DecisionAnswer,
  DuplicatesAnswer,
  UndoDuplicateBody,
} from './duplicate-contract.ts';
import { decideDuplicate, listDuplicates, undoDuplicate } from './duplicates.ts';
import { recordOpenings } from './openings.ts';
import { permitPermissions as table } from './policy.ts';
import { claimCase, claimNext, listQueue } from './queue.ts';
import {
  BatchAnswer,
  BatchBody,
  ClaimAnswer,
  FilterParams,
  NextAnswer,
  NextBody,
  QueueAnswer,
  QueueQuery,
  SavedFilter,
  SavedFilters,
  SaveFilterBody,
} from './queue-contract.ts';
import { dropFilter, listFilters, saveFilter } from './saved-filters.ts';

type AnyCall = Pick<
  Call<typeof Nothing, typeof Nothing, typeof Nothing>,
  'house' | 'principal' | 'act'
>;
const Nothing = Type.Object({});
const access = { table, permission: 'permits.queue' };
/** Taking cases and deciding about duplicates: a bank reads its queue and acts on the case itself. */
const work = { table, permission: 'permits.work' };

/** Who asks, with what everybody in a queue needs. */
async function askedBy({ house, principal, act }: AnyCall) {
  return { reference: await referenceOf(house.database), principal: signedIn(principal), act };
}

const queueReads = [
  endpoint({
    id: 'permits.queue',
    method: 'GET',
    url: '/api/queue',
    summary: 'What waits for the caller, oldest deadline first, with counts',
    access,
    polled: true,
    query: QueueQuery,
    response: QueueAnswer,
    handle: async (call) => listQueue(call.tx, await askedBy(call), call.query),
  }),
  endpoint({
    id: 'permits.listFilters',
    method: 'GET',
    url: '/api/queue/filters',
    summary: 'Filters that the caller kept',
    access,
    response: SavedFilters,
    handle: async ({ tx, act, principal }) => ({
      items: await listFilters(tx, act, signedIn(principal).accountId),
    }),
  }),
];

const claimRoutes = [
  endpoint({
    id: 'permits.claimNext',
    method: 'POST',
    url: '/api/queue/next',
    summary: 'Claim the unclaimed case with the oldest deadline',
    access: work,
    body: NextBody,
    response: NextAnswer,
    handle: async (call) => ({ code: await claimNext(call.tx, await askedBy(call), call.body) }),
  }),
  endpoint({
    id: 'permits.claim',
    method: 'POST',
    url: '/api/cases/:code/claim',
    summary: 'Claim a case of the queue, or renew the claim',
    access: work,
    params: CodeParams,
    response: ClaimAnswer,
    problems: ['platform.not_found', 'permits.claimed', 'permits.not_waiting'],
    handle: async (call) => {
      const { id } = await visibleCase(call.tx, call.principal, call.params.code);
      const until = await claimCase(call.tx, await askedBy(call), id);
      return { code: call.params.code, until: until.toISOString() };
    },
  }),
  endpoint({
    id: 'permits.release',
    method: 'POST',
    url: '/api/cases/:code/release',
    summary: 'Give a claimed case back',
    access: work,
    params: CodeParams,
    response: CodeAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => {
      const key = await visibleCase(tx, principal, params.code);
      await release(tx, act, signedIn(principal).accountId, key.id);
      return { code: params.code };
    },
  }),
];

const filterRoutes = [
  endpoint({
    id: 'permits.saveFilter',
    method: 'POST',
    url: '/api/queue/filters',
    summary: 'Keep a filter under a name',
    access,
    body: SaveFilterBody,
    response: SavedFilter,
    handle: ({ tx, act, principal, body }) =>
      saveFilter(tx, act, signedIn(principal).accountId, body),
  }),
  endpoint({
    id: 'permits.dropFilter',
    method: 'POST',
    url: '/api/queue/filters/:id/drop',
    objectFrom: 'account',
    summary: 'Forget a kept filter',
    access,
    params: FilterParams,
    response: Nothing,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => {
      await dropFilter(tx, act, signedIn(principal).accountId, params.id);
      return {};
    },
  }),
];

/** `permits.returnForCorrection` → `/api/permits/return-for-correction-batch`. */
function batchUrl(verb: BatchVerb): string {
  const name = verb.slice('permits.'.length).replaceAll(/[A-Z]/g, (l) => `-${l.toLowerCase()}`);
  return `/api/permits/${name}-batch`;
}

const batchRoutes = batchVerbs.map((verb) =>
  endpoint({
    id: `${verb}Batch`,
    method: 'POST',
    url: batchUrl(verb),
    summary: `Take the step ${verb} on many cases, each listed with its verdict`,
    access: { table, permission: verb },
    body: BatchBody,
    response: BatchAnswer,
    problems: ['permits.batch_blocked'],
    handle: async (call) => takeBatch(call.tx, { ...(await askedBy(call)), verb }, call.body),
  }),
);

const foreign = 'The same person or dwelling may be in another agency’s case.';

const duplicateRoutes = [
  endpoint({
    id: 'permits.duplicates',
    method: 'GET',
    url: '/api/cases/:code/duplicates',
    summary: 'Cases like this one: the same person, dwelling or telephone',
    access: work,
    params: CodeParams,
    response: DuplicatesAnswer,
    problems: ['platform.not_found'],
    wholeProvince: foreign,
    handle: async (call) => {
      const { reference, principal, act } = await askedBy(call);
      const { id } = caseKey(call.params.code);
      const found = await listDuplicates(call.tx, reference, principal, act, id);
      const others = found.items.map(({ code }) => caseKey(code).id);
      recordOpenings(call.tx, act, principal, [id, ...others], 'case');
      return found;
    },
  }),
  endpoint({
    id: 'permits.decideDuplicate',
    method: 'POST',
    url: '/api/cases/:code/duplicates',
    summary: 'Say whether two like cases are one, and why',
    access: work,
    params: CodeParams,
    body: DecideDuplicateBody,
    response: DecisionAnswer,
    status: 201,
    problems: [
      'platform.not_found',
      'permits.not_alike',
      'permits.reason_missing',
      'permits.duplicate_decided',
    ],
    wholeProvince: foreign,
    handle: async ({ tx, act, principal, params, body }) => {
      const other = caseKey(body.other);
      if (other.provinceId !== act.provinceId) throw new Problem('permits.not_alike');
      const { id } = caseKey(params.code);
      return { id: await decideDuplicate(tx, act, signedIn(principal), id, other.id, body) };
    },
  }),
  endpoint({
    id: 'permits.undoDuplicate',
    method: 'POST',
    url: '/api/cases/:code/duplicates/undo',
    summary: 'Take a decision about two like cases back, with the reason',
    access: work,
    params: CodeParams,
    body: UndoDuplicateBody,
    response: DecisionAnswer,
    problems: ['platform.not_found', 'permits.reason_missing'],
    wholeProvince: foreign,
    handle: async ({ tx, act, principal, params, body }) => {
      await undoDuplicate(tx, act, signedIn(principal), caseKey(params.code).id, body);
      return { id: body.id };
    },
  }),
];

/** The officers' workbench: queues, claims, kept filters, batches, duplicates. */
export const queueRoutes: readonly AnyEndpoint[] = [
  ...queueReads,
  ...claimRoutes,
  ...filterRoutes,
  ...batchRoutes,
  ...duplicateRoutes,
];
