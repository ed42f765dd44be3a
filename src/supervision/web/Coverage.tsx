import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useWords } from './words.ts';

type Row = Answer<'/api/supervision/coverage'>['items'][number];

function agencyColumn(header: string, name: (row: Row) => string): Column<Row> {
  return { key: 'agency', header, wide: true, cell: name, sort: name };
}

function useColumns(rows: readonly Row[]): Column<Row>[] {
  const t = useWords();
  const { label, count } = useFormats();
  const of = (passed: number, paid: number) =>
    t('coverage.share', { passed: count(passed), paid: count(paid) });
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const gated = (key: 'before' | 'during'): Column<Row> => ({
    ...{ key, header: t(`coverage.${key}`), number: true },
    cell: (row) => of(row[key].passed, row[key].paid),
    sort: (row) => row[key].passed / Math.max(row[key].paid, 1),
    total: of(
      sum((row) => row[key].passed),
      sum((row) => row[key].paid),
    ),
  });
  const plain = (key: string, header: string, pick: (row: Row) => number): Column<Row> => ({
    ...{ key, header, number: true, sort: pick },
    cell: (row) => count(pick(row)),
    total: count(sum(pick)),
  });
  return [
    agencyColumn(t('coverage.agency'), (row) => label(row.agency.label)),
    gated('before'),
    gated('during'),
    {
      ...{ key: 'after', header: t('coverage.after'), number: true },
      cell: ({ after }) => of(after.seen, after.due),
      sort: ({ after }) => after.seen / Math.max(after.due, 1),
      total: of(
        sum(({ after }) => after.seen),
        sum(({ after }) => after.due),
      ),
    },
    plain('late', t('coverage.late'), ({ after }) => after.late),
    plain('corrections', t('coverage.corrections'), ({ toCorrect }) => toCorrect),
    plain('deviations', t('coverage.deviations'), ({ deviations }) => deviations),
  ];
}

function Table({ rows }: { rows: readonly Row[] }) {
  const t = useWords();
  const columns = useColumns(rows);
  return (
    <>
      <DataTable
        caption={t('coverage.caption')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.agency.id}
      />
      <p className="max-w-prose pt-3 text-sm text-soft">{t('coverage.hint')}</p>
    </>
  );
}

/** How far the plans of each agency were looked at before, during and after the money. */
export function Coverage() {
  const coverage = useQuery({
    queryKey: ['supervision', 'coverage'],
    queryFn: () => answer(api.GET('/api/supervision/coverage')),
  });
  return (
    <Loaded query={coverage} shape="table">
      {({ items }) => <Table rows={items} />}
    </Loaded>
  );
}
