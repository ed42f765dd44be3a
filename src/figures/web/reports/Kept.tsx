import { useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { reportsPath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { searchOf } from './question.ts';
import { useReportWords } from './words.ts';

type Reports = Answer<'/api/reports'>;
type KeptReport = Reports['kept'][number];
type Run = Reports['runs'][number];

/** Having a kept report made again, and keeping it no longer. */
function useActs(it: KeptReport) {
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ['reports'] });
  const run = useWrite((code: string, opId) => {
    const { name, question, format } = it;
    const body = { name, question, format, report: code };
    return answer(api.POST('/api/report-runs', { body, headers: withKey(opId) }));
  }, again);
  const end = useWrite(
    (code: string, opId) =>
      answer(
        api.POST('/api/reports/{code}/end', { params: { path: { code } }, headers: withKey(opId) }),
      ),
    again,
  );
  return { run, end };
}

function OneKept({ it }: { it: KeptReport }) {
  const t = useReportWords();
  const { day, line } = useFormats();
  const { run, end } = useActs(it);
  const every = it.every as 'never' | 'day' | 'week' | 'month';
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <span className="font-semibold">{it.name}</span>
      <span className="block text-sm text-soft">
        {line(
          t(`spans.${it.question.span}`),
          every === 'never' ? null : t(`everies.${every}`),
          it.nextOn ? t('nextOn', { day: day(it.nextOn) }) : null,
        )}
      </span>
      <span className="flex flex-wrap items-center gap-3 pt-2">
        <AppLink className="link" href={reportsPath(searchOf(it.question))}>
          {t('open')}
        </AppLink>
        <Button compact look="secondary" onPress={() => run.mutate(it.code)}>
          {t('runAgain')}
        </Button>
        <Button compact look="quiet" onPress={() => end.mutate(it.code)}>
          {t('end')}
        </Button>
      </span>
    </li>
  );
}

/** The reports that somebody keeps. */
export function Kept({ kept }: { kept: readonly KeptReport[] }) {
  const t = useReportWords();
  if (kept.length === 0) return null;
  return (
    <Sheet title={t('kept')} id="kept">
      <ul>
        {kept.map((it) => (
          <OneKept key={it.code} it={it} />
        ))}
      </ul>
    </Sheet>
  );
}

const meanings = {
  waiting: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'stopped',
  expired: 'stopped',
} as const;

function OneRun({ it }: { it: Run }) {
  const t = useReportWords();
  const { count, line, instant } = useFormats();
  const state = it.state as keyof typeof meanings;
  const asked = instant(it.askedAt);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-3 last:border-b-0">
      <span>
        <span className="font-semibold">{it.name}</span>
        <span className="block text-sm text-soft">
          {line(
            asked.day,
            asked.time,
            it.rows === null ? null : t('rows', { count: count(it.rows) }),
          )}
        </span>
      </span>
      <span className="flex items-center gap-3">
        <Status meaning={meanings[state]}>{t(`states.${state}`)}</Status>
        {state === 'done' ? (
          <a
            className="link inline-flex items-center gap-1"
            href={`/api/report-runs/${it.code}/file`}
            download
          >
            <Icon name="download" size={16} />
            {t('download')} {t(`formats.${it.format as 'csv' | 'xlsx'}`)}
          </a>
        ) : null}
      </span>
    </li>
  );
}

/** The files that were made, the newest first. */
export function Runs({ runs }: { runs: readonly Run[] }) {
  const t = useReportWords();
  return (
    <Sheet title={t('runs')} id="runs">
      {runs.length === 0 ? (
        <p className="text-soft">{t('noRuns')}</p>
      ) : (
        <ul>
          {runs.map((it) => (
            <OneRun key={it.code} it={it} />
          ))}
        </ul>
      )}
    </Sheet>
  );
}
