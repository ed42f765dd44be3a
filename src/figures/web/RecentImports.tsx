import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { importPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { FileName } from '../../web/ui/Values.tsx';
import { useWords } from './words.ts';

type Import = Answer<'/api/imports'>['items'][number];

function meaningOf({ state, dryRun }: Import): Meaning {
  if (state === 'failed') return 'stopped';
  return state === 'done' && !dryRun ? 'done' : 'waiting';
}

function Run({ run }: { run: Import }) {
  const t = useWords();
  const { instant, count, label, line } = useFormats();
  const { day, time } = instant(run.recordedAt);
  const { accepted, unchanged, rejected } = run.counts;
  const word = run.dryRun ? t('import.recentWords.dry') : t('import.recentWords.real');
  const state = run.state === 'done' ? word : t(`import.states.${run.state as 'queued'}`);
  const at = `\u2066${day} ${time}\u2069`;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 border-b border-line py-2 last:border-b-0">
      <span className="min-w-0">
        <AppLink className="link" href={importPath({ run: run.code })}>
          <FileName name={run.fileName} />
        </AppLink>
        <span className="block text-sm text-soft">
          {line(t(`import.kinds.${run.kind as 'permits'}`), label(run.by), at)}
        </span>
        {run.state === 'done' ? (
          <span className="block text-sm text-soft">
            {t('import.recentCounts', {
              accepted: count(accepted),
              unchanged: count(unchanged),
              rejected: count(rejected),
            })}
          </span>
        ) : null}
      </span>
      <Status meaning={meaningOf(run)}>{state}</Status>
    </li>
  );
}

/** The registers that came before, so that a run that was left is found again. */
export function RecentImports() {
  const t = useWords();
  const { data } = useQuery({
    queryKey: ['imports'],
    queryFn: () => answer(api.GET('/api/imports')),
  });
  if (!data?.items.length) return null;
  return (
    <Sheet title={t('import.recent')} id="recent">
      <ul>
        {data.items.map((run) => (
          <Run key={run.code} run={run} />
        ))}
      </ul>
    </Sheet>
  );
}
