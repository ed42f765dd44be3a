import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Segments } from '../../web/ui/Segments.tsx';
import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { useWords } from './words.ts';

type Row = Answer<'/api/imports/{code}/rows'>['items'][number];
type Counts = Answer<'/api/imports/{code}'>['counts'];

const pageSize = 100;
const verdicts = ['rejected', 'doubtful', 'accepted', 'unchanged'] as const;
type Verdict = (typeof verdicts)[number];

const meanings: Record<Verdict, Meaning> = {
  rejected: 'stopped',
  doubtful: 'waiting',
  accepted: 'done',
  unchanged: 'done',
};

function useColumns(): Column<Row>[] {
  const t = useWords();
  const { count } = useFormats();
  return useMemo(
    () => [
      { key: 'row', header: t('import.row'), cell: (row) => count(row.row) },
      {
        key: 'verdict',
        header: t('import.verdict'),
        cell: (row) => (
          <Status meaning={meanings[row.verdict as Verdict]}>
            {t(`import.${row.verdict as Verdict}`)}
          </Status>
        ),
      },
      { key: 'summary', header: t('import.summary'), cell: (row) => row.summary },
      {
        key: 'faults',
        header: t('import.faults'),
        cell: (row) => (
          <ul>
            {[...row.faults, ...row.warnings].map((fault) => (
              <li key={`${fault.column} ${fault.code}`}>
                {fault.column
                  ? t('import.fault', {
                      column: fault.column,
                      value: `\u2068${fault.value}\u2069`,
                      reason: fault.reason,
                    })
                  : fault.reason}
              </li>
            ))}
          </ul>
        ),
      },
    ],
    [t, count],
  );
}

function useRows(code: string, verdict: Verdict) {
  return useInfiniteQuery({
    queryKey: ['import', code, 'rows', verdict],
    initialPageParam: '',
    getNextPageParam: (last: Answer<'/api/imports/{code}/rows'>) => last.next ?? undefined,
    queryFn: ({ pageParam }) => {
      const query = { verdict, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) };
      return answer(api.GET('/api/imports/{code}/rows', { params: { path: { code }, query } }));
    },
  });
}

function VerdictSwitch({
  counts,
  verdict,
  onVerdict,
}: {
  counts: Counts;
  verdict: Verdict;
  onVerdict: (verdict: Verdict) => void;
}) {
  const t = useWords();
  const { count } = useFormats();
  const there = verdicts.filter((id) => counts[id] > 0);
  return (
    <Segments
      label={t('import.verdict')}
      value={verdict}
      onChange={onVerdict}
      options={there.map((id) => ({ id, name: `${t(`import.${id}`)} (${count(counts[id])})` }))}
    />
  );
}

function Rows({ code, verdict }: { code: string; verdict: Verdict }) {
  const t = useWords();
  const columns = useColumns();
  const rows = useRows(code, verdict);
  const more = (
    <div className="pt-4 text-center">
      <Button
        look="secondary"
        compact
        pending={rows.isFetchingNextPage}
        onPress={() => void rows.fetchNextPage()}
      >
        {t('import.more')}
      </Button>
    </div>
  );
  return (
    <Loaded query={rows} shape="table">
      {({ pages }) => (
        <>
          <DataTable
            caption={t('import.rows')}
            hideCaption
            columns={columns}
            rows={pages.flatMap((page) => page.items)}
            rowKey={(row) => String(row.row)}
          />
          {rows.hasNextPage ? more : null}
        </>
      )}
    </Loaded>
  );
}

/** The verdict of each row, the rejected ones first. */
export function ImportRows({ code, counts }: { code: string; counts: Counts }) {
  const t = useWords();
  const first = verdicts.find((one) => counts[one] > 0) ?? 'accepted';
  const [verdict, setVerdict] = useState<Verdict>(first);
  const choose = <VerdictSwitch counts={counts} verdict={verdict} onVerdict={setVerdict} />;
  return (
    <Sheet title={t('import.rows')} id="rows" end={choose}>
      <Rows code={code} verdict={verdict} />
    </Sheet>
  );
}
