import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { isoToday, isoToJalali, jalaliYearRange } from '../../kit/jalali.ts';
import { useFormats } from '../../web/format.ts';
import { importPath, overviewPath, type Search, scopeKeys } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Skeleton } from '../../web/ui/Blocks.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Segments } from '../../web/ui/Tabs.tsx';
import { useShellWords } from '../../web/words.ts';
import { Breakdown } from './Breakdown.tsx';
import { HeadlineFigures } from './HeadlineFigures.tsx';
import { PeriodPicker } from './PeriodPicker.tsx';
import { ProgrammeFunnel } from './ProgrammeFunnel.tsx';
import { figuresQuery, measuresQuery } from './queries.ts';
import {
  cuts,
  type Figures,
  type Headline,
  headline,
  jalaliText,
  type Period,
  periodOf,
  recordedPeriod,
} from './scope.ts';
import { useWords } from './words.ts';

/** The period to begin with: this year once it has anything in it, else all that is recorded. */
function usePeriod(search: Search): { period: Period | undefined; recorded: Period | undefined } {
  const { from: _from, to: _to, view: _view, ...place } = search;
  const { data } = useQuery(figuresQuery({ province: place.province }, 'month'));
  const recorded = data ? recordedPeriod(data.by) : undefined;
  const thisYear = jalaliYearRange(isoToJalali(isoToday(Date.now())).year);
  const asked = periodOf(search);
  if (asked || !data) return { period: asked, recorded };
  const hasThisYear = recorded !== undefined && recorded.to >= thisYear.from;
  return { period: hasThisYear || !recorded ? thisYear : recorded, recorded };
}

/** What the figures are limited to besides place and time; each limit can be taken away. */
function Limits({ figures, search }: { figures: Figures; search: Search }) {
  const t = useWords();
  const { label } = useFormats();
  const limits = scopeKeys.flatMap((key) => {
    if (key === 'province' || key === 'from' || key === 'to' || key === 'view' || key === 'as_of') {
      return [];
    }
    const part = figures.scope[key];
    return part ? [{ key, name: label(part.label) }] : [];
  });
  if (limits.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 pb-4">
      {t('overview.scope')}
      {limits.map(({ key, name }) => (
        <AppLink
          key={key}
          href={overviewPath({ ...search, [key]: undefined })}
          aria-label={t('overview.unscope', { name })}
          className="inline-flex min-h-9 items-center gap-1 rounded-full border border-accent bg-accent-soft ps-3 pe-2 text-sm font-semibold text-ink no-underline"
        >
          {name}
          <Icon name="close" size={16} />
        </AppLink>
      ))}
    </p>
  );
}

function MeasureSwitch({ show, onShow }: { show: Headline; onShow: (show: Headline) => void }) {
  const t = useWords();
  const { label } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span aria-hidden="true" className="font-semibold">
        {t('overview.measure')}
      </span>
      <Segments
        label={t('overview.measure')}
        value={show}
        onChange={onShow}
        options={headline.map((name) => ({
          id: name,
          name: label(measures?.find((one) => one.name === name)?.label) || name,
        }))}
      />
    </div>
  );
}

function Definitions() {
  const t = useWords();
  const { label } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  return (
    <details className="pt-8">
      <summary className="link w-fit">{t('overview.definitions')}</summary>
      <dl className="max-w-prose pt-2">
        {measures?.map((measure) => (
          <div key={measure.name} className="pb-3">
            <dt className="font-semibold">{label(measure.label)}</dt>
            <dd className="text-soft">{label(measure.definition)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Charts({ search, scope }: { search: Search; scope: string }) {
  const t = useWords();
  const router = useRouter();
  const [exact, setExact] = useState(false);
  const show = headline.find((name) => name === search.show) ?? 'plans_funded';
  const shown = cuts.filter((cut) => cut === 'month' || !search[cut]);
  const few = shown.filter((cut) => cut !== 'month' && cut !== 'county');
  const parts = (cut: (typeof cuts)[number]) => (
    <Breakdown key={cut} cut={cut} search={search} show={show} exact={exact} scope={scope} />
  );
  return (
    <>
      <div className="no-print flex flex-wrap items-center justify-between gap-x-8 gap-y-2 py-6">
        <MeasureSwitch
          show={show}
          onShow={(next) =>
            void router.navigate({
              href: overviewPath({ ...search, show: next }),
              replace: true,
              resetScroll: false,
            })
          }
        />
        <label className="flex min-h-11 cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            className="size-5 accent-accent"
            checked={exact}
            onChange={(event) => setExact(event.target.checked)}
          />
          {t('overview.exactRial')}
        </label>
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="min-w-0 lg:col-span-2">{parts('month')}</div>
        <div className="grid min-w-0 gap-6">{few.map(parts)}</div>
        {shown.includes('county') ? parts('county') : null}
      </div>
    </>
  );
}

function Body({
  search,
  period,
  recorded,
}: {
  search: Search;
  period: Period;
  recorded: Period | undefined;
}) {
  const t = useWords();
  const formats = useFormats();
  const account = useAccount();
  const figures = useQuery({ ...figuresQuery(search), placeholderData: keepPreviousData });
  return (
    <Loaded query={figures} shape="page">
      {(data) => {
        const empty = Object.values(data.measures).every((value) => Number(value) === 0);
        const scope = formats.line(
          formats.label(data.scope.province.label),
          `${formats.day(period.from)} – ${formats.day(period.to)}`,
        );
        return (
          <>
            <Limits figures={data} search={search} />
            {empty ? (
              <EmptyState icon="chart" title={t('overview.empty')}>
                <p>{t('overview.emptyNext')}</p>
                {account?.permissions.includes('figures.import') ? (
                  <AppLink className="link" href={importPath()}>
                    {t('overview.toImport')}
                  </AppLink>
                ) : null}
              </EmptyState>
            ) : (
              <>
                <HeadlineFigures
                  figures={data}
                  search={search}
                  period={period}
                  recorded={recorded}
                />
                <p className="pt-2 pb-6 text-sm text-soft">
                  {t('overview.asOf')}
                  {account === null ? ` ${t('overview.signInForList')}` : ''}
                </p>
                <ProgrammeFunnel search={search} />
                <Charts search={search} scope={scope} />
                <Definitions />
              </>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** The province's overview: the number first, then its change, then why, and the list behind each number. */
export function OverviewPage() {
  const t = useWords();
  const shell = useShellWords();
  const { label, day } = useFormats();
  const router = useRouter();
  const asked: Search = useSearch({ from: '/office' });
  const { period, recorded } = usePeriod(asked);
  const { data: whole } = useQuery(figuresQuery({ province: asked.province }, 'month'));
  const province = label(whole?.scope.province.label);
  const title = province ? t('overview.title', { province }) : shell('nav.overview');
  useTitle(title);
  const search: Search = period
    ? { ...asked, from: jalaliText(period.from), to: jalaliText(period.to) }
    : asked;
  return (
    <>
      <PageHead title={title}>
        {period ? `${day(period.from)} – ${day(period.to)}` : '\u00a0'}
        {whole?.demonstration ? <p className="text-sm">{shell('demo')}</p> : null}
      </PageHead>
      {period ? (
        <>
          <div className="pb-6">
            <PeriodPicker
              search={search}
              period={period}
              recorded={recorded}
              onChange={({ from, to }) =>
                void router.navigate({
                  href: overviewPath({ ...search, from: jalaliText(from), to: jalaliText(to) }),
                })
              }
            />
          </div>
          <Body search={search} period={period} recorded={recorded} />
        </>
      ) : (
        <Skeleton shape="page" />
      )}
    </>
  );
}
