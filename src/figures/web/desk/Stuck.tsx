import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addJalaliYears } from '../../../kit/jalali.ts';
import type { Answer } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { casesPath } from '../../../web/paths.ts';
import { useToday } from '../../../web/session.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Segments } from '../../../web/ui/Segments.tsx';
import { jalaliText } from '../scope.ts';
import { stuckQuery } from './queries.ts';
import { useDeskWords, wordFor } from './words.ts';

type Line = Answer<'/api/stuck'>['items'][number];

/** The list of exactly the cases that wait in a stage. */
function listOf({ holder, state, planState, organisation }: Line, late: boolean): string {
  const whose = holder === 'bank' ? 'bank' : 'agency';
  return casesPath({
    ...{ holder, state, planState: planState ?? (state === 'issued' ? 'none' : undefined) },
    ...(organisation ? { [whose]: organisation.id } : {}),
    ...(late ? { late: 'true' } : {}),
  });
}

function LinkedCount({ count: size, href }: { count: number; href: string }) {
  const { count } = useFormats();
  if (size === 0) return count(size);
  return (
    <AppLink className="number-link" href={href}>
      {count(size)}
    </AppLink>
  );
}

function useNumbers(): Column<Line>[] {
  const t = useDeskWords();
  const { count } = useFormats();
  const days = (
    key: 'median' | 'longest' | 'usual' | 'most',
    pick: (line: Line) => number | null,
  ) => ({
    ...{ key, header: t(key), unit: t('dayUnit'), number: true },
    cell: (line: Line) => (pick(line) === null ? '—' : count(pick(line) ?? 0)),
    sort: (line: Line) => pick(line) ?? -1,
  });
  return [
    {
      ...{ key: 'waiting', header: t('waiting'), number: true, sort: (line) => line.waiting },
      cell: (line) => <LinkedCount count={line.waiting} href={listOf(line, false)} />,
    },
    {
      ...{ key: 'late', header: t('lateCases'), number: true, sort: (line) => line.late },
      cell: (line) => <LinkedCount count={line.late} href={listOf(line, true)} />,
    },
    days('median', (line) => line.medianDays),
    days('longest', (line) => line.longestDays),
    days('usual', (line) => line.passedMedianDays),
    days('most', (line) => line.passedMostDays),
  ];
}

/** The stage, and under it whose turn it is: an organisation's where they are told apart. */
function useColumns(): Column<Line>[] {
  const t = useDeskWords();
  const { label } = useFormats();
  const numbers = useNumbers();
  const stageOf = ({ state, planState }: Line) =>
    planState === null ? wordFor(t, 'state', state) : wordFor(t, 'planState', planState);
  const stage: Column<Line> = {
    ...{ key: 'stage', header: t('stage'), wide: true },
    cell: (line) => (
      <>
        {stageOf(line)}
        <span className="block text-sm font-normal text-soft">
          {label(line.organisation?.label) || wordFor(t, 'holderName', line.holder)}
        </span>
      </>
    ),
  };
  return [stage, ...numbers];
}

function Table({ items }: { items: readonly Line[] }) {
  const t = useDeskWords();
  const [by, setBy] = useState<'stage' | 'organisation'>('stage');
  const detailed = by === 'organisation';
  const columns = useColumns();
  const rows = items.filter(({ organisation }) => (organisation !== null) === detailed);
  if (items.length === 0) return <EmptyState icon="check" title={t('nothingStuck')} />;
  return (
    <>
      <div className="pb-3">
        <Segments
          label={t('by')}
          value={by}
          onChange={setBy}
          options={[
            { id: 'stage', name: t('byStage') },
            { id: 'organisation', name: t('byOrganisation') },
          ]}
        />
      </div>
      <DataTable
        caption={t('stuck')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={(line) => `${line.planState ?? line.state}-${line.organisation?.id ?? line.holder}`}
      />
    </>
  );
}

/** Where cases are: how many wait in each stage, with whom, since when, and how long it usually takes. */
export function Stuck() {
  const t = useDeskWords();
  const today = useToday();
  const stuck = useQuery(stuckQuery(jalaliText(addJalaliYears(today, -1)), jalaliText(today)));
  return (
    <Sheet title={t('stuck')} id="stuck">
      <p className="max-w-prose pb-3 text-sm text-soft">{t('stuckHint')}</p>
      <Loaded query={stuck} shape="table">
        {({ items }) => <Table items={items} />}
      </Loaded>
    </Sheet>
  );
}
