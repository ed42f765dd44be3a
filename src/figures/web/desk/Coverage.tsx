import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { visitsPath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Progress, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { coverageQuery } from './queries.ts';
import { useDeskWords } from './words.ts';

type Agency = Answer<'/api/supervision/coverage'>['items'][number];

/** The three stages of all the reader's agencies together: how many were seen, of how many. */
function stagesOf(items: readonly Agency[]) {
  const sum = (pick: (one: Agency) => number) => items.reduce((total, one) => total + pick(one), 0);
  const before = sum((one) => one.before.passed);
  const during = sum((one) => one.during.passed);
  const after = sum((one) => one.after.seen);
  return [
    { id: 'before', done: before, all: sum((one) => one.before.paid) },
    { id: 'during', done: during, all: sum((one) => one.during.paid) },
    { id: 'after', done: after, all: sum((one) => one.after.due) },
  ] as const;
}

function Stages({ items }: { items: readonly Agency[] }) {
  const t = useDeskWords();
  const { count } = useFormats();
  const late = items.reduce((total, { after }) => total + after.late, 0);
  return (
    <div className="grid gap-3">
      {stagesOf(items).map(({ id, done, all }) => (
        <Progress
          key={id}
          label={t(id)}
          share={all === 0 ? 0 : done / all}
          word={t('of', { done: count(done), all: count(all) })}
        />
      ))}
      {late > 0 ? (
        <p className="font-semibold text-late">{t('lateAfter', { count: count(late) })}</p>
      ) : null}
      <AppLink className="link w-fit" href={visitsPath({ tab: 'coverage' })}>
        {t('coverageMore')}
      </AppLink>
    </div>
  );
}

/** How far plans were looked at before, between and after the payments. */
export function Coverage() {
  const t = useDeskWords();
  const coverage = useQuery(coverageQuery);
  return (
    <Sheet title={t('coverage')} id="coverage">
      <Loaded query={coverage} shape="figure">
        {({ items }) => <Stages items={items} />}
      </Loaded>
    </Sheet>
  );
}
