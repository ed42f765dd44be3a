import { useRouter } from '@tanstack/react-router';
import { overviewPath, type Search } from '../../web/paths.ts';
import { useToday } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { JalaliRange } from '../../web/ui/Dates.tsx';
import { jalaliText, type Period, presetsOf } from './scope.ts';
import { useWords } from './words.ts';

function PresetLink({ name, href, current }: { name: string; href: string; current: boolean }) {
  return (
    <AppLink
      href={href}
      {...(current ? { 'aria-current': 'true' as const } : {})}
      className="flex min-h-9 items-center rounded-full border border-line bg-sheet px-3 text-sm text-ink no-underline hover:border-accent aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:font-semibold"
    >
      {name}
    </AppLink>
  );
}

function useOffered(recorded: Period | undefined): readonly (readonly [string, Period])[] {
  const t = useWords();
  const presets = presetsOf(useToday());
  const all: readonly (readonly [string, Period])[] = recorded
    ? [[t('overview.recorded'), recorded]]
    : [];
  return [
    ...all,
    [t('overview.thisYear'), presets.thisYear],
    [t('overview.lastYear'), presets.lastYear],
    [t('overview.thisSeason'), presets.thisSeason],
    [t('overview.lastSeason'), presets.lastSeason],
    [t('overview.account'), presets.account],
  ];
}

/** The period: typed or picked as Jalali days, or one of those that people ask for. */
export function PeriodPicker({
  search,
  period,
  recorded,
  pathOf = overviewPath,
}: {
  search: Search;
  period: Period;
  recorded: Period | undefined;
  /** The page that it is on. */
  pathOf?: (search: Search) => string;
}) {
  const t = useWords();
  const router = useRouter();
  const offered = useOffered(recorded);
  const hrefOf = ({ from, to }: Period) =>
    pathOf({ ...search, from: jalaliText(from), to: jalaliText(to) });
  return (
    <div className="no-print grid gap-3 pb-6">
      <JalaliRange
        label={t('overview.period')}
        value={period}
        onChange={(range) => void router.navigate({ href: hrefOf(range) })}
      />
      <nav aria-label={t('overview.presets')}>
        <ul className="flex flex-wrap gap-2">
          {offered.map(([name, one]) => (
            <li key={name}>
              <PresetLink
                name={name}
                href={hrefOf(one)}
                current={one.from === period.from && one.to === period.to}
              />
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
