import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { jalaliYearRange } from '../../../kit/jalali.ts';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { ErrorSummary } from '../../../web/form/ErrorSummary.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { aheadPath, type Search } from '../../../web/paths.ts';
import { problemOf } from '../../../web/problem.ts';
import { useAccount, useToday } from '../../../web/session.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, Progress, Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { earlier } from '../../targets/rules.ts';
import { measuresQuery } from '../queries.ts';
import { jalaliText, listPath, reachOf } from '../scope.ts';
import { TargetForm } from './TargetForm.tsx';
import { useAheadWords } from './words.ts';

type Target = Answer<'/api/targets'>['items'][number];
type Version = Target['versions'][number];

const meanings = {
  reached: 'done',
  ahead: 'done',
  behind: 'late',
  missed: 'stopped',
  begins: 'waiting',
} as const;

/** The list behind what is done of a target. */
function useDoneList(year: number) {
  const reach = reachOf(useAccount());
  const today = useToday();
  return ({ measure, level, agency, county, now }: Target) => {
    if (!now || level === 'country') return undefined;
    const until = earlier(today, now.dueOn);
    const scope: Search = {
      ...{ from: jalaliText(jalaliYearRange(year).from), to: jalaliText(until as typeof today) },
      ...{ agency: agency?.id, county: county?.id },
    };
    return listPath(scope, measure, reach);
  };
}

function Standing({ now }: { now: NonNullable<Target['now']> }) {
  const t = useAheadWords();
  const { count } = useFormats();
  const standing = now.standing as keyof typeof meanings;
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm">
      <Status meaning={meanings[standing]}>{t(`targets.standing.${standing}`)}</Status>
      <span>{t('targets.expected', { count: count(now.expected) })}</span>
      {standing === 'ahead' || standing === 'behind' ? (
        <span>{t('targets.projected', { count: count(now.projected) })}</span>
      ) : null}
    </p>
  );
}

function Now({ target, year }: { target: Target; year: number }) {
  const t = useAheadWords();
  const { count, percent, day } = useFormats();
  const href = useDoneList(year)(target);
  const { now } = target;
  if (!now) return <p className="text-soft">{t('targets.notYet')}</p>;
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          <span className="text-2xl font-bold">
            {href && now.done > 0 ? (
              <AppLink className="number-link" href={href}>
                {count(now.done)}
              </AppLink>
            ) : (
              count(now.done)
            )}
          </span>{' '}
          {t('targets.of', { goal: count(now.goal) })}
        </span>
        <span className="text-soft">{t('targets.due', { day: day(now.dueOn) })}</span>
      </p>
      <Progress
        label={t('targets.share')}
        share={Math.min(1, now.done / now.goal)}
        word={percent(now.done / now.goal)}
      />
      <Progress
        label={t('targets.days')}
        share={now.elapsedBp / 10_000}
        word={percent(now.elapsedBp / 10_000)}
      />
      <Standing now={now} />
    </div>
  );
}

function Deciding({ code }: { code: string }) {
  const t = useAheadWords();
  const queries = useQueryClient();
  const decide = useWrite(
    (agree: boolean, opId) =>
      answer(
        api.POST('/api/targets/{code}/decide', {
          params: { path: { code } },
          ...{ body: { agree }, headers: withKey(opId) },
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['targets'] }),
  );
  return (
    <>
      {decide.error ? (
        <ErrorSummary problem={problemOf(decide.error)} fieldId={() => undefined} />
      ) : null}
      <span className="flex flex-wrap gap-3 pt-2">
        <Button compact onPress={() => decide.mutate(true)}>
          {t('targets.agree')}
        </Button>
        <Button compact look="secondary" onPress={() => decide.mutate(false)}>
          {t('targets.refuse')}
        </Button>
      </span>
    </>
  );
}

function OneVersion({ it }: { it: Version }) {
  const t = useAheadWords();
  const { label, line, count, day, digits, instant } = useFormats();
  const asked = { name: label(it.askedBy), day: instant(it.askedAt).day, reason: it.reason };
  const decided = { name: label(it.decidedBy), day: it.decidedAt ? instant(it.decidedAt).day : '' };
  const what = {
    ...{ number: digits(it.number), goal: count(it.goal) },
    due: t('targets.due', { day: day(it.dueOn, 'short') }),
  };
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <span className="font-semibold">{t('targets.version', what)}</span>
      <span className="block text-sm">
        {line(
          t('targets.asked', asked),
          it.letter ? t('targets.letter', { letter: it.letter }) : null,
        )}
      </span>
      {it.agreed === null ? (
        <Status meaning="waiting">{t('targets.waiting')}</Status>
      ) : (
        <span className="block text-sm text-soft">
          {line(t(it.agreed ? 'targets.agreed' : 'targets.refused', decided), it.note)}
        </span>
      )}
      {it.mayDecide ? <Deciding code={it.code} /> : null}
    </li>
  );
}

/** Whether the account may plan at a level: the ministry the country, a province itself. */
function useMayPlan() {
  const account = useAccount();
  const may = account?.permissions.includes('figures.askTarget') ?? false;
  return (level: string) => may && (account?.role === 'ministry') === (level === 'country');
}

function OneTarget({ target, year }: { target: Target; year: number }) {
  const t = useAheadWords();
  const { label, line, count } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const [revising, setRevising] = useState(false);
  const mayPlan = useMayPlan();
  const waits = target.versions.some(({ agreed }) => agreed === null);
  const measure = label(measures?.find(({ name }) => name === target.measure)?.label);
  const level = target.level as 'country' | 'province' | 'agency' | 'county';
  const whose = label((target.agency ?? target.county)?.label) || t(`targets.${level}`);
  return (
    <Sheet title={line(measure, whose)}>
      <Now target={target} year={year} />
      <details className="pt-3" open={waits}>
        <summary className="link w-fit">
          {t('targets.versions', { count: count(target.versions.length) })}
        </summary>
        <ol>
          {target.versions.map((it) => (
            <OneVersion key={it.code} it={it} />
          ))}
        </ol>
      </details>
      {mayPlan(level) && !waits && !revising ? (
        <div className="pt-3">
          <Button compact look="secondary" onPress={() => setRevising(true)}>
            {t('targets.revise')}
          </Button>
        </div>
      ) : null}
      {revising ? (
        <div className="pt-4">
          <TargetForm year={year} target={target} onDone={() => setRevising(false)} />
        </div>
      ) : null}
    </Sheet>
  );
}

function Years({ years, year }: { years: readonly number[]; year: number }) {
  const t = useAheadWords();
  const { digits } = useFormats();
  return (
    <nav aria-label={t('targets.year')} className="flex flex-wrap gap-2">
      {years.map((one) => (
        <AppLink
          key={one}
          href={aheadPath({ year: String(one) })}
          {...(one === year ? { 'aria-current': 'page' as const } : {})}
          className="inline-flex min-h-9 items-center rounded-full border border-line px-3 text-ink no-underline aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold"
        >
          {digits(one)}
        </AppLink>
      ))}
    </nav>
  );
}

function All({ year, years, items }: Answer<'/api/targets'>) {
  const t = useAheadWords();
  const may = useAccount()?.permissions.includes('figures.askTarget') ?? false;
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p className="max-w-prose pb-4 text-soft">{t('targets.lede')}</p>
      <div className="flex flex-wrap items-center justify-between gap-4 pb-6">
        <Years years={[...new Set([years[0] ?? year, year, ...years])]} year={year} />
        {may && !adding ? (
          <Button onPress={() => setAdding(true)}>{t('targets.add')}</Button>
        ) : null}
      </div>
      {adding ? (
        <div className="max-w-xl pb-6">
          <TargetForm year={year} onDone={() => setAdding(false)} />
        </div>
      ) : null}
      {items.length === 0 ? (
        <EmptyState icon="chart" title={t('targets.none')}>
          {may ? t('targets.noneNext') : null}
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
          {items.map((target) => (
            <OneTarget key={target.versions[0]?.code} target={target} year={year} />
          ))}
        </div>
      )}
    </>
  );
}

/** What a year is to bring, for the country, the province, its agencies and counties, against what was done. */
export function Targets({ search }: { search: Search }) {
  const asked = /^1[345]\d\d$/.test(search.year ?? '') ? Number(search.year) : undefined;
  const targets = useQuery({
    queryKey: ['targets', asked],
    queryFn: () =>
      answer(api.GET('/api/targets', { params: { query: asked ? { year: asked } : {} } })),
  });
  return (
    <Loaded query={targets} shape="page">
      {(data) => <All {...data} />}
    </Loaded>
  );
}
