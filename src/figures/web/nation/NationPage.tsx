import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { nationPath, type Search } from '../../../web/paths.ts';
import { useAccount, useToday } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { EmptyState, PageHead } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Segments } from '../../../web/ui/Segments.tsx';
import { PeriodPicker } from '../PeriodPicker.tsx';
import { jalaliText, periodOf, presetsOf } from '../scope.ts';
import type { Ingredients, Nation, RateName } from './chart-data.ts';
import { NationBars, NationMap, NationMonths } from './NationCharts.tsx';
import { Populations } from './Populations.tsx';
import { useNationWords } from './words.ts';

function useIngredients(nation: Nation, search: Search): Ingredients {
  const t = useNationWords();
  const formats = useFormats();
  const { from_iso: from, to_iso: to } = nation.period;
  return {
    ...{ nation, search, formats },
    scope: `${formats.day(from)} – ${formats.day(to)}`,
    words: {
      rate: (name) => t(`rates.${name}`),
      millionToman: t('millionToman'),
      province: t('province'),
      months: t('months'),
      whole: t('whole'),
      none: t('noPeople'),
    },
  };
}

function RateSwitch({ nation, search, show }: { nation: Nation; search: Search; show: RateName }) {
  const t = useNationWords();
  const router = useRouter();
  return (
    <div className="no-print py-6">
      <Segments
        label={t('show')}
        value={show}
        onChange={(next) =>
          void router.navigate({
            href: nationPath({ ...search, show: next }),
            replace: true,
            resetScroll: false,
          })
        }
        options={nation.rates.map((id) => ({ id, name: t(`rates.${id}`) }))}
      />
    </div>
  );
}

function AsOf({ nation }: { nation: Nation }) {
  const t = useNationWords();
  const { count, day } = useFormats();
  const { provinces, closed_from: first, closed_to: last } = nation.total;
  if (first === null || last === null) return null;
  const all = count(nation.provinces.length);
  return <p>{t('asOf', { count: count(provinces), all, first: day(first), last: day(last) })}</p>;
}

function Body({ nation, search }: { nation: Nation; search: Search }) {
  const t = useNationWords();
  const mayEnter = useAccount()?.permissions.includes('figures.enterPopulation') ?? false;
  const from = useIngredients(nation, search);
  const show = nation.rates.find((name) => name === search.show) ?? 'funded_per_referred';
  const none = (
    <EmptyState icon="chart" title={t('none')}>
      <p>{t('noneNext')}</p>
    </EmptyState>
  );
  return (
    <>
      <AsOf nation={nation} />
      <p className="no-print">
        <a className="link" href="/provinces">
          {t('toPublic')}
        </a>
      </p>
      {nation.total.provinces === 0 ? (
        none
      ) : (
        <>
          <RateSwitch {...{ nation, search, show }} />
          <div className="grid items-start gap-6 pb-6 lg:grid-cols-2">
            <NationMap from={from} show={show} />
            <NationBars from={from} show={show} />
            <div className="min-w-0 lg:col-span-2">
              <NationMonths from={from} />
            </div>
          </div>
        </>
      )}
      <Populations nation={nation} mayEnter={mayEnter} />
    </>
  );
}

/** The nation by its provinces' closed days: rates by which they can be compared, and the people that these are reckoned by. */
export function NationPage() {
  const t = useNationWords();
  const asked: Search = useSearch({ from: '/office/nation' });
  const today = useToday();
  const period = periodOf(asked) ?? presetsOf(today).account;
  const span = { from: jalaliText(period.from), to: jalaliText(period.to) };
  const search: Search = { ...asked, ...span };
  const nation = useQuery({
    queryKey: ['nation', span],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/figures/nation', { params: { query: span }, signal })),
  });
  useTitle(t('title'));
  return (
    <>
      <PageHead title={t('title')} />
      <PeriodPicker search={search} period={period} recorded={undefined} pathOf={nationPath} />
      <Loaded query={nation} shape="page">
        {(data) => <Body nation={data} search={search} />}
      </Loaded>
    </>
  );
}
