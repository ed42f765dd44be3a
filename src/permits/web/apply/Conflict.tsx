import { useQueryClient } from '@tanstack/react-query';
import { problemOf } from '../../../web/problem.ts';
import { Button } from '../../../web/ui/Button.tsx';
import { type Draft, draftQuery } from './draft.ts';
import { useApplyWords } from './words.ts';

/** Says that another device saved first, and gets its answer without losing what is typed here. */
export function Conflict({ draft, error }: { draft: Draft; error: unknown }) {
  const t = useApplyWords();
  const queries = useQueryClient();
  if (!error || problemOf(error).code !== 'permits.draft_changed') return null;
  const reload = () => queries.invalidateQueries({ queryKey: draftQuery(draft.code).queryKey });
  return (
    <div className="mb-6 grid justify-items-start gap-2 rounded-md bg-late-soft p-4 text-late">
      <p className="font-bold">{t('draft.conflict')}</p>
      <p>{t('draft.conflictHint')}</p>
      <Button look="secondary" onPress={() => void reload()}>
        {t('draft.reload')}
      </Button>
    </div>
  );
}
