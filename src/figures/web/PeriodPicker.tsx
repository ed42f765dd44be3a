import type { IsoDate } from '../../kit/jalali.ts';
import { isoToday } from '../../kit/jalali.ts';
import { overviewPath, type Search } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { JalaliRange } from '../../web/ui/Dates.tsx';
import { jalaliText, type Period, presetsOf } from './scope.ts';
import { useWords } from './words.ts';

/** The period: typed or picked as Jalali days, or one of those that people ask for. */
export function PeriodPicker({
  search,
  period,
  recorded,
  onChange,
}: {
  search: Search;
  period: Period;
  recorded: Period | undefined;
  onChange: (period: Period) => void;
}) {
  const t = useWords();
  const presets = presetsOf(isoToday(Date.now()));
  const offered: readonly (readonly [string, Period])[] = [
    ...(recorded ? ([[t('overview.recorded'), recorded]] as const) : []),
    [t('overview.thisYear'), presets.thisYear],
    [t('overview.lastYear'), presets.lastYear],
    [t('overview.thisSeason'), presets.thisSeason],
    [t('overview.lastSeason'), presets.lastSeason],
    [t('overview.account'), presets.account],
  ];
  const same = (other: Period) => other.from === period.from && other.to === period.to;
  const withPeriod = (from: IsoDate, to: IsoDate) =>
    overviewPath({ ...search, from: jalaliText(from), to: jalaliText(to) });
  return (
    <div className="no-print grid gap-3">
      <JalaliRange label={t('overview.period')} value={period} onChange={onChange} />
      <nav aria-label={t('overview.presets')}>
        <ul className="flex flex-wrap gap-2">
          {offered.map(([name, { from, to }]) => (
            <li key={name}>
              <AppLink
                href={withPeriod(from, to)}
                {...(same({ from, to }) ? { 'aria-current': 'true' as const } : {})}
                className="flex min-h-9 items-center rounded-full border border-line bg-sheet px-3 text-sm text-ink no-underline hover:border-accent aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:font-semibold"
              >
                {name}
              </AppLink>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
