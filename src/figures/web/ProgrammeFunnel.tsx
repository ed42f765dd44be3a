import { useQuery } from '@tanstack/react-query';
import { Funnel, type Stage } from '../../web/chart/Funnel.tsx';
import { useFormats } from '../../web/format.ts';
import { overviewPath, type Search } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { figuresQuery, measuresQuery } from './queries.ts';
import { type Figures, listPath, type MeasureName, reachOf } from './scope.ts';
import { useWords } from './words.ts';

const stages = [
  'applications_submitted',
  'permits_issued',
  'plans_referred',
  'plans_funded',
] as const satisfies readonly MeasureName[];

function ViewSwitch({ search }: { search: Search }) {
  const t = useWords();
  const cohort = search.view === 'cohort';
  const option = (name: string, view: string | undefined, current: boolean) => (
    <AppLink
      href={overviewPath({ ...search, view })}
      {...(current ? { 'aria-current': 'true' as const } : {})}
      className="flex min-h-9 items-center rounded px-3 text-sm text-soft no-underline aria-[current=true]:bg-sheet aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:shadow-[0_0_0_1px_var(--line-strong)]"
    >
      {name}
    </AppLink>
  );
  return (
    <nav aria-label={t('overview.view')} className="flex flex-wrap gap-1 rounded-md bg-sunk p-1">
      {option(t('overview.periodView'), undefined, !cohort)}
      {option(t('overview.cohortView'), 'cohort', cohort)}
    </nav>
  );
}

function Drawn({ figures, search }: { figures: Figures; search: Search }) {
  const t = useWords();
  const { label, count, percent } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const reach = reachOf(useAccount());
  // Permits that came from an office's register have no application here; a stage of nothing says nothing.
  const shown = stages.filter(
    (name) => name !== 'applications_submitted' || figures.measures[name] > 0,
  );
  const rows: Stage[] = shown.map((name) => {
    const value = figures.measures[name];
    const href = listPath(search, name, reach);
    return {
      key: name,
      label: label(measures?.find((one) => one.name === name)?.label),
      cell: { value, text: count(value), exact: String(value), ...(href ? { href } : {}) },
    };
  });
  return (
    <Funnel
      stages={rows}
      between={(before, after) =>
        before.cell.value > 0
          ? t('overview.share', {
              percent: percent(after.cell.value / before.cell.value),
              before: before.label,
            })
          : ''
      }
    />
  );
}

/** From application to loan: what happened in the period, or what became of the permits issued in it. */
export function ProgrammeFunnel({ search }: { search: Search }) {
  const t = useWords();
  const figures = useQuery(figuresQuery(search));
  return (
    <Sheet title={t('overview.funnel')} id="funnel" end={<ViewSwitch search={search} />}>
      <Loaded query={figures} shape="chart">
        {(data) => <Drawn figures={data} search={search} />}
      </Loaded>
      <p className="pt-4 text-sm text-soft">
        {search.view === 'cohort' ? t('overview.cohortNote') : t('overview.periodNote')}
      </p>
    </Sheet>
  );
}
