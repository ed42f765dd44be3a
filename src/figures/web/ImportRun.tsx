import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { Progress, Sheet } from '../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Loaded, LoadFailed } from '../../web/ui/Loaded.tsx';
import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { FileName, Ltr } from '../../web/ui/Values.tsx';
import { ImportRows } from './ImportRows.tsx';
import { useWords } from './words.ts';

type Import = Answer<'/api/imports/{code}'>;

/** How often a running import is asked how far it is, milliseconds. */
const askEvery = 700;

const isOver = (run: Import | undefined): boolean =>
  run?.state === 'done' || run?.state === 'failed';

function Running({ run }: { run: Import }) {
  const t = useWords();
  const { percent } = useFormats();
  return (
    <div aria-live="polite">
      <Progress
        share={run.progress}
        label={t(`import.states.${run.state as 'queued'}`)}
        word={percent(run.progress)}
      />
      <p className="pt-2 text-sm text-soft">{t('import.leave')}</p>
    </div>
  );
}

function Tally({ word, value, meaning }: { word: string; value: number; meaning?: Meaning }) {
  const { count } = useFormats();
  return (
    <div className="bg-sheet p-4">
      <dd className="text-2xl font-bold">{count(value)}</dd>
      <dt>{meaning ? <Status meaning={meaning}>{word}</Status> : word}</dt>
    </div>
  );
}

/** The counts, and the sum that must hold: read = accepted + unchanged + rejected (+ doubtful). */
function Counts({ counts }: { counts: Import['counts'] }) {
  const t = useWords();
  const { count } = useFormats();
  const words = {
    read: count(counts.read),
    accepted: count(counts.accepted),
    unchanged: count(counts.unchanged),
    rejected: count(counts.rejected),
    doubtful: count(counts.doubtful),
  };
  return (
    <div>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line md:grid-cols-4">
        <Tally word={t('import.read')} value={counts.read} />
        <Tally word={t('import.accepted')} value={counts.accepted} meaning="done" />
        <Tally word={t('import.unchanged')} value={counts.unchanged} />
        <Tally word={t('import.rejected')} value={counts.rejected} meaning="stopped" />
      </dl>
      <p className="pt-2 text-sm text-soft">
        <Ltr>{t('import.balance', words)}</Ltr>
        {counts.doubtful ? <span className="block">{t('import.doubtfulNote', words)}</span> : null}
      </p>
    </div>
  );
}

/** Records what was checked: the server kept the file, so it need not be sent again. */
function Commit({ run, onCommitted }: { run: Import; onCommitted: (code: string) => void }) {
  const t = useWords();
  const { count } = useFormats();
  const write = useWrite(
    (code: string, opId) =>
      answer(
        api.POST('/api/imports/{code}/confirm', {
          params: { path: { code } },
          headers: withKey(opId),
        }),
      ),
    ({ code }) => onCommitted(code),
  );
  if (run.counts.accepted === 0) return <p>{t('import.nothing')}</p>;
  const record = () => write.mutate(run.code);
  return (
    <>
      {write.error ? <LoadFailed error={write.error} onRetry={record} /> : null}
      <Button pending={write.isPending} onPress={record}>
        {t('import.commit', { count: count(run.counts.accepted) })}
      </Button>
    </>
  );
}

function Verdict({ run, children }: { run: Import; children: ReactNode }) {
  const t = useWords();
  return (
    <>
      <p className="flex flex-wrap items-center gap-3 pb-4" role="status">
        <Status meaning={run.dryRun ? 'waiting' : 'done'}>
          {run.dryRun ? t('import.checked') : t('import.commitDone')}
        </Status>
        <FileName name={run.fileName} />
      </p>
      <Counts counts={run.counts} />
      <div className="flex flex-wrap items-center gap-3 pt-4">{children}</div>
    </>
  );
}

function Failed({ run }: { run: Import }) {
  const t = useWords();
  return (
    <div role="alert">
      <p className="pb-2">
        <Status meaning="stopped">{t('import.states.failed')}</Status>
      </p>
      <p className="font-semibold">{run.problem?.title}</p>
      <p className="text-soft">{run.problem?.next}</p>
    </div>
  );
}

type RunProps = {
  readonly code: string;
  readonly onCommitted: (code: string) => void;
  readonly onStartOver: () => void;
};

/** Asks how far the run is until it is over; what was recorded makes older answers stale. */
function useRun(code: string) {
  const queries = useQueryClient();
  const run = useQuery({
    queryKey: ['import', code],
    queryFn: () => answer(api.GET('/api/imports/{code}', { params: { path: { code } } })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : askEvery),
  });
  const recorded = run.data?.state === 'done' && !run.data.dryRun;
  useEffect(() => {
    const stale = ['figures', 'cases', 'entries', 'matches', 'imports'];
    if (!recorded) return;
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => stale.includes(String(queryKey[0])),
    });
  }, [recorded, queries]);
  return run;
}

function Rejected({ code }: { code: string }) {
  const t = useWords();
  return (
    <a
      className={buttonClass('secondary')}
      href={`/api/imports/${code}/rejected.xlsx`}
      download={`${code}.xlsx`}
    >
      <Icon name="download" />
      {t('import.download')}
    </a>
  );
}

function Stage({ run, onCommitted }: { run: Import; onCommitted: (code: string) => void }) {
  if (run.state === 'failed') return <Failed run={run} />;
  if (run.state !== 'done') return <Running run={run} />;
  return (
    <Verdict run={run}>
      {run.dryRun ? <Commit run={run} onCommitted={onCommitted} /> : null}
      {run.counts.rejected > 0 ? <Rejected code={run.code} /> : null}
    </Verdict>
  );
}

/** One import as it runs and when it is over: progress, counts, the verdict of each row, what to do next. */
export function ImportRun({ code, onCommitted, onStartOver }: RunProps) {
  const t = useWords();
  const run = useRun(code);
  return (
    <Loaded query={run} shape="figure">
      {(it) => (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <Sheet>
            <Stage run={it} onCommitted={onCommitted} />
            <div className="pt-4">
              <Button look="quiet" compact onPress={onStartOver}>
                {t('import.startOver')}
              </Button>
            </div>
          </Sheet>
          {it.state === 'done' ? <ImportRows code={code} counts={it.counts} /> : null}
        </div>
      )}
    </Loaded>
  );
}
