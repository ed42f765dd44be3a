import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { EmptyState } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import type { Question } from './question.ts';
import { useReportWords } from './words.ts';

type Table = {
  readonly header: readonly string[];
  readonly rows: readonly string[][];
  readonly more: boolean;
};
type Row = { readonly id: string; readonly cells: readonly string[] };

const isNumber = (text: string | undefined): boolean => /^-?\d{1,15}$/.test(text ?? '');

function Shown({ table, numbersFrom }: { table: Table; numbersFrom: number }) {
  const t = useReportWords();
  const { count, digits } = useFormats();
  if (table.rows.length === 0) return <EmptyState icon="table" title={t('empty')} />;
  const columns = table.header.map((header, at): Column<Row> => {
    const number = at >= numbersFrom && table.rows.every((row) => !row[at] || isNumber(row[at]));
    return {
      ...{ key: `${at}`, header, number, wide: !number },
      cell: ({ cells }) => {
        const text = cells[at] ?? '';
        return number && text ? count(Number(text)) : digits(text);
      },
    };
  });
  const rows = table.rows.map((cells, at) => ({ id: String(at), cells }));
  return (
    <>
      <DataTable
        caption={t('preview')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
      />
      {table.more ? <p className="pt-2 text-sm text-soft">{t('more')}</p> : null}
    </>
  );
}

/** The first rows of what a question asks for. */
export function Preview({ question }: { question: Question }) {
  const preview = useQuery({
    queryKey: ['report-preview', question],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Table> =>
      (await answer(api.POST('/api/report-preview', { body: { question } }))) as Table,
  });
  const labels = [question.by, question.over].filter(Boolean).length;
  return (
    <Loaded query={preview} shape="table">
      {(table) => <Shown table={table} numbersFrom={question.kind === 'totals' ? labels : 9} />}
    </Loaded>
  );
}
