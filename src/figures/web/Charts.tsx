import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '../../web/format.ts';
import { overviewPath, type Search } from '../../web/paths.ts';
import { Segments } from '../../web/ui/Segments.tsx';
import { Breakdown } from './Breakdown.tsx';
import { CountyTrends } from './CountyTrends.tsx';
import { measuresQuery } from './queries.ts';
import { type Cut, cuts, type Headline, headline } from './scope.ts';
import { useWords } from './words.ts';

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

function ExactSwitch({ exact, onExact }: { exact: boolean; onExact: (exact: boolean) => void }) {
  const t = useWords();
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-2">
      <input
        type="checkbox"
        className="size-5 accent-accent"
        checked={exact}
        onChange={(event) => onExact(event.target.checked)}
      />
      {t('overview.exactRial')}
    </label>
  );
}

type Over = 'month' | 'season';

function OverSwitch({ over, onOver }: { over: Over; onOver: (over: Over) => void }) {
  const t = useWords();
  return (
    <Segments
      label={t('overview.over')}
      value={over}
      onChange={onOver}
      options={[
        { id: 'month', name: t('overview.month') },
        { id: 'season', name: t('overview.season') },
      ]}
    />
  );
}

/** The cuts of the figures, all by one measure that is chosen on top and kept in the address. */
export function Charts({ search, scope }: { search: Search; scope: string }) {
  const router = useRouter();
  const [exact, setExact] = useState(false);
  const show = headline.find((name) => name === search.show) ?? 'plans_funded';
  const go = (change: Search) =>
    void router.navigate({
      href: overviewPath({ ...search, ...change }),
      replace: true,
      resetScroll: false,
    });
  const over = search.over === 'season' ? 'season' : 'month';
  const draw = (cut: Cut) => (
    <Breakdown key={cut} cut={cut} search={search} show={show} exact={exact} scope={scope} />
  );
  // A cut by what the page is limited to would be one bar.
  const open = cuts.filter((cut) => cut === 'month' || !search[cut]);
  const few = open.filter((cut) => cut !== 'month' && cut !== 'county');
  return (
    <>
      <div className="no-print flex flex-wrap items-center justify-between gap-x-8 gap-y-2 py-6">
        <MeasureSwitch show={show} onShow={(next) => go({ show: next })} />
        <OverSwitch
          over={over}
          onOver={(next) => go({ over: next === 'month' ? undefined : next })}
        />
        <ExactSwitch exact={exact} onExact={setExact} />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="min-w-0 lg:col-span-2">{draw(over)}</div>
        <div className="grid min-w-0 gap-6">{few.map(draw)}</div>
        {open.includes('county') ? draw('county') : null}
        {open.includes('county') && search.view !== 'cohort' ? (
          <div className="min-w-0 lg:col-span-2">
            <CountyTrends {...{ search, show, over, scope }} />
          </div>
        ) : null}
      </div>
    </>
  );
}
