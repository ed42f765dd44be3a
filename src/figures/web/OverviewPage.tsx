import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { isoToJalali, jalaliYearRange } from '../../kit/jalali.ts';
import { useFormats } from '../../web/format.ts';
import { importPath, overviewPath, type Search } from '../../web/paths.ts';
import { useAccount, useToday } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Skeleton } from '../../web/ui/Blocks.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useShellWords } from '../../web/words.ts';
import { CaseFlow } from './CaseFlow.tsx';
import { Charts } from './Charts.tsx';
import { Derived } from './Derived.tsx';
import { HeadlineFigures } from './HeadlineFigures.tsx';
import { PeriodPicker } from './PeriodPicker.tsx';
import { ProgrammeFunnel } from './ProgrammeFunnel.tsx';
import { figuresQuery, measuresQuery } from './queries.ts';
import {
  type Figures,
  jalaliText,
  type Period,
  periodOf,
  reachOf,
  recordedPeriod,
} from './scope.ts';
import { useWords } from './words.ts';

/**
 * The period to begin with: this year once it has anything in it, else all that is recorded; of a demonstration
 * always that, for one step taken today would hide the whole of its story.
 */
function usePeriod(search: Search) {
  const { data: whole } = useQuery(figuresQuery({ province: search.province }, 'month'));
  const recorded = whole ? recordedPeriod(whole.by) : undefined;
  const thisYear = jalaliYearRange(isoToJalali(useToday()).year);
  const asked = periodOf(search);
  const hasThisYear = recorded !== undefined && recorded.to >= thisYear.from;
  const told = whole?.demonstration && recorded;
  const first = (hasThisYear && !told) || !recorded ? thisYear : recorded;
  return { whole, recorded, period: asked ?? (whole ? first : undefined) };
}

const columnKeys = ['agency', 'county', 'bank', 'kind', 'occupation', 'sex', 'area'] as const;

/** What the figures are limited to besides place and time; each limit can be taken away. */
function Limits({ figures, search }: { figures: Figures; search: Search }) {
  const t = useWords();
  const { label } = useFormats();
  const limits = columnKeys.flatMap((key) => {
    const part = figures.scope[key];
    return part ? [{ key, name: label(part.label) }] : [];
  });
  const reach = reachOf(useAccount());
  const mine = typeof reach === 'object' && search[reach.key] !== reach.id ? reach : null;
  if (limits.length === 0 && !mine) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 pb-4">
      {limits.length > 0 ? t('overview.scope') : null}
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
      {mine ? (
        <AppLink className="link" href={overviewPath({ ...search, [mine.key]: mine.id })}>
          {t('overview.mine')}
        </AppLink>
      ) : null}
    </p>
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

function Empty() {
  const t = useWords();
  const account = useAccount();
  return (
    <EmptyState icon="chart" title={t('overview.empty')}>
      <p>{t('overview.emptyNext')}</p>
      {account?.permissions.includes('figures.import') ? (
        <AppLink className="link" href={importPath()}>
          {t('overview.toImport')}
        </AppLink>
      ) : null}
    </EmptyState>
  );
}

type BodyProps = {
  readonly search: Search;
  readonly period: Period;
  readonly recorded: Period | undefined;
};

function Answer({ figures, ...props }: BodyProps & { figures: Figures }) {
  const t = useWords();
  const { line, label, day } = useFormats();
  const account = useAccount();
  const { search, period } = props;
  if (Object.values(figures.measures).every((value) => Number(value) === 0)) return <Empty />;
  const scope = line(
    label(figures.scope.province.label),
    `${day(period.from)} – ${day(period.to)}`,
  );
  return (
    <>
      <HeadlineFigures figures={figures} {...props} />
      <p className="pt-2 pb-6 text-sm text-soft">
        {t('overview.asOf')}
        {account === null ? ` ${t('overview.signInForList')}` : ''}
      </p>
      <Derived search={search} />
      <ProgrammeFunnel search={search} />
      <Charts search={search} scope={scope} />
      {account?.permissions.includes('permits.list') && account.role !== 'citizen' ? (
        <div className="pt-6">
          <CaseFlow search={search} scope={scope} />
        </div>
      ) : null}
      <Definitions />
    </>
  );
}

function Body(props: BodyProps) {
  const figures = useQuery({ ...figuresQuery(props.search), placeholderData: keepPreviousData });
  return (
    <Loaded query={figures} shape="page">
      {(data) => (
        // Until the new ones come, the numbers of the period before are seen to be old.
        <div aria-busy={figures.isPlaceholderData} className="aria-busy:opacity-60">
          <Limits figures={data} search={props.search} />
          <Answer figures={data} {...props} />
        </div>
      )}
    </Loaded>
  );
}

/** The province's overview: the number first, then its change, then why, and the list behind each number. */
export function OverviewPage() {
  const t = useWords();
  const shell = useShellWords();
  const { label, day } = useFormats();
  const asked: Search = useSearch({ from: '/office' });
  const { period, recorded, whole } = usePeriod(asked);
  const province = label(whole?.scope.province.label);
  const title = province ? t('overview.title', { province }) : shell('nav.overview');
  useTitle(title);
  const span = period && { from: jalaliText(period.from), to: jalaliText(period.to) };
  const search: Search = { ...asked, ...span };
  return (
    <>
      <PageHead title={title}>
        {period ? `${day(period.from)} – ${day(period.to)}` : '\u00a0'}
        {whole?.demonstration ? <p className="text-sm">{shell('demo')}</p> : null}
      </PageHead>
      {period ? (
        <>
          <PeriodPicker search={search} period={period} recorded={recorded} />
          <Body search={search} period={period} recorded={recorded} />
        </>
      ) : (
        <Skeleton shape="page" />
      )}
    </>
  );
}
