import { useQuery } from '@tanstack/react-query';
import { type Label, unitFor, useFormats } from '../../web/format.ts';
import type { Search } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { useShellWords } from '../../web/words.ts';
import { figuresQuery, measuresQuery } from './queries.ts';
import {
  type Figures,
  type Headline,
  headline,
  isComparable,
  jalaliText,
  listPath,
  type Period,
  reachOf,
  yearBefore,
} from './scope.ts';
import { useWords } from './words.ts';

/** How a number compares with the same days a year earlier; says nothing when nothing was recorded then. */
function Change({ now, before }: { now: number; before: number }) {
  const t = useWords();
  const { percent } = useFormats();
  if (before === 0) return null;
  const change = now / before - 1;
  if (change === 0) return <>{t('overview.changeSame')}</>;
  const word = change > 0 ? t('overview.changeUp') : t('overview.changeDown');
  return (
    <span className="flex items-start gap-1">
      <span className="pt-1">
        <Icon name={change > 0 ? 'up' : 'down'} size={16} />
      </span>
      {t('overview.change', { percent: `${percent(Math.abs(change))} ${word}` })}
    </span>
  );
}

function BigNumber({ value }: { value: number | string }) {
  const { count, money } = useFormats();
  const t = useShellWords();
  if (typeof value === 'number') return <>{count(value)}</>;
  const unit = unitFor(value);
  return (
    <>
      {money(value, unit)}
      <span className="ms-1 text-base font-normal">{t(`money.${unit}`)}</span>
    </>
  );
}

function Tile({
  name,
  label,
  value,
  before,
  href,
}: {
  name: Headline;
  label: string;
  value: number | string;
  before: number | undefined;
  href: string | undefined;
}) {
  const t = useWords();
  const { rial } = useFormats();
  const big = <BigNumber value={value} />;
  const isMoney = name === 'rial_paid' && typeof value === 'string';
  return (
    <li className="flex min-w-0 flex-col bg-sheet p-3 sm:p-4">
      <span className="text-3xl font-bold whitespace-nowrap">
        {href && Number(value) !== 0 ? (
          <AppLink href={href} className="number-link">
            {big}
          </AppLink>
        ) : (
          big
        )}
      </span>
      <span className="font-semibold">{label}</span>
      {isMoney ? (
        <span className="text-sm text-soft">{t('overview.exact', { rial: rial(value) })}</span>
      ) : null}
      <span className="text-sm text-soft">
        {before === undefined ? null : <Change now={Number(value)} before={before} />}
      </span>
    </li>
  );
}

/** The numbers first: five measures of the period, each opening its list, each beside the year before. */
export function HeadlineFigures({
  figures,
  search,
  period,
  recorded,
}: {
  figures: Figures;
  search: Search;
  period: Period;
  recorded: Period | undefined;
}) {
  const { label } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const reach = reachOf(useAccount());
  const earlier = yearBefore(period);
  const { data: before } = useQuery({
    ...figuresQuery({ ...search, from: jalaliText(earlier.from), to: jalaliText(earlier.to) }),
    enabled: search.view !== 'cohort' && isComparable(period, recorded),
  });
  const labelOf = (name: string): Label | undefined =>
    measures?.find((one) => one.name === name)?.label;
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-[repeat(4,1fr)_1.5fr] [&>li:last-child]:col-span-2 lg:[&>li:last-child]:col-span-1">
      {headline.map((name) => (
        <Tile
          key={name}
          name={name}
          label={label(labelOf(name))}
          value={figures.measures[name]}
          before={before ? Number(before.measures[name]) : undefined}
          href={listPath(search, name, reach)}
        />
      ))}
    </ul>
  );
}
