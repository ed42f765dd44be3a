import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useWords } from './words.ts';

type Mine = Answer<'/api/my-jobs'>['jobs'][number];

function Question({ job }: { job: Mine }) {
  const t = useWords();
  const { day } = useFormats();
  const queries = useQueryClient();
  const write = useWrite(
    (said: 'yes' | 'no', opId) =>
      answer(
        api.POST('/api/my-jobs/{code}/answer', {
          params: { path: { code: job.code } },
          body: { answer: said },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['my', 'jobs'] }),
  );
  const words = { day: day(job.startedOn), holder: job.holder };
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p>{t(job.about === 'alive' ? 'mine.alive' : 'mine.work', words)}</p>
      {job.answer ? (
        <Status meaning="done">{t(job.answer === 'yes' ? 'mine.saidYes' : 'mine.saidNo')}</Status>
      ) : (
        <div className="flex flex-wrap gap-3 pt-3">
          <Button pending={write.isPending} onPress={() => write.mutate('yes')}>
            {t('mine.yes')}
          </Button>
          <Button look="secondary" pending={write.isPending} onPress={() => write.mutate('no')}>
            {t('mine.no')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** What somebody is asked about jobs of their own; nothing where nobody asked. */
export function MyJobsPanel() {
  const t = useWords();
  const { data } = useQuery({
    queryKey: ['my', 'jobs'],
    queryFn: () => answer(api.GET('/api/my-jobs')),
  });
  if (!data || data.jobs.length === 0) return null;
  return (
    <Sheet title={t('mine.title')} id="my-jobs">
      <ul>
        {data.jobs.map((job) => (
          <Question key={job.code} job={job} />
        ))}
      </ul>
    </Sheet>
  );
}
