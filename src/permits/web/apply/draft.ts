import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { useWrite } from '../../../web/form/use-write.ts';
import {
  casePath,
  counterPath,
  draftPath,
  findPath,
  myCasePath,
  myPath,
} from '../../../web/paths.ts';
import { forget } from './kept.ts';

export type Draft = Answer<'/api/drafts/{code}'>;
export type Answers = Draft['answers'];
export type About = NonNullable<Draft['about']>;

/** The pages of an application in their order; the last one sends it. */
export const steps = ['what', 'who', 'where', 'work', 'documents', 'check'] as const;
export type StepName = (typeof steps)[number];

export const draftQuery = (code: string) =>
  queryOptions({
    queryKey: ['draft', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/drafts/{code}', { params: { path: { code } }, signal })),
  });

export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: () => answer(api.GET('/api/drafts')),
});

export const identityQuery = queryOptions({
  queryKey: ['identity'],
  queryFn: () => answer(api.GET('/api/my/identity')),
});

/** Whether the page is a counter's; it fills in for somebody else. */
function useForOthers(): boolean {
  return useRouterState({ select: (state) => state.location.pathname.startsWith('/office/') });
}

/** The addresses of the applicant's pages, for a citizen or for a counter. */
export function usePlaces() {
  const atCounter = useForOthers();
  return {
    home: atCounter ? counterPath() : myPath(),
    find: findPath(atCounter),
    draft: (code: string) => draftPath(code, '', atCounter),
    step: (code: string, step: StepName) => draftPath(code, step, atCounter),
    case: atCounter ? casePath : myCasePath,
  };
}

/** The first page after `step` that still lacks something, else the one that sends. */
export function nextStep(draft: Draft, step: StepName): StepName {
  const after = steps.slice(steps.indexOf(step) + 1);
  return after.find((one) => draft.lacking.includes(one)) ?? 'check';
}

/** Saves one question group of a draft, then goes to the next page that lacks something. */
export function useSave(draft: Draft, step: Exclude<StepName, 'documents' | 'check'>) {
  const queries = useQueryClient();
  const router = useRouter();
  const places = usePlaces();
  return useWrite(
    (answers: Answers, opId) =>
      answer(
        api.POST('/api/drafts/{code}/answers', {
          params: { path: { code: draft.code } },
          body: { version: draft.version, answers },
          headers: withKey(opId),
        }),
      ),
    async (saved) => {
      queries.setQueryData(draftQuery(draft.code).queryKey, saved);
      forget(draft.code, step);
      await router.navigate({ href: places.step(draft.code, nextStep(saved, step)) });
    },
  );
}

/** The draft that an address names. */
export function useDraft(code: string) {
  return useQuery(draftQuery(code));
}
