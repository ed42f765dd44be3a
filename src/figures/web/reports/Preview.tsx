import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { useAccount, useToday } from '../../../web/session.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { reachOf } from '../scope.ts';
import { behind, type Question } from './question.ts';
import { useReportWords } from './words.ts';

type Table = {
  readonly header: readonly string[];
  readonly rows: readonly string[][];
  readonly keys: readonly string[][];
  readonly more: boolean;
};
type Row = {
  readonly id: string;
  readonly cells: readonly string[];
  readonly keys: readonly string[];
};

const isNumber = (text: string | undefined): boolean => /^-?\d{1,15}$/.test(text ?? '');

/** A number, leading to the list behind it where the reader may see one. */
function Value({ text, href }: { text: string; href: string | undefined }) {
  const { count } = useFormats();
  const said = count(Number(text));
  return href && Number(text) !== 0 ? (
    <AppLink className="number-link" href={href}>
      {said}
    </AppLink>
  ) : (
    said
  );
}

function Shown({ table, question }: { table: Table; question: Question }) {
  const t = useReportWords();
  const { digits } = useFormats();
  const around = { today: useToday(), reach: reachOf(useAccount()) };
  if (table.rows.length === 0) return <EmptyState icon="table" title={t('empty')} />;
  const totals = question.kind === 'totals';
  const numbersFrom = totals ? [question.by, question.over].filter(Boolean).length : 9;
  const hrefOf = (at: number, keys: readonly string[]) =>
    totals ? behind(question, question.measures[at - numbersFrom] ?? '', keys, around) : undefined;
  const columns = table.header.map((header, at): Column<Row> => {
    const number = at >= numbersFrom && table.rows.every((row) => !row[at] || isNumber(row[at]));
    return {
      ...{ key: `${at}`, header, number, wide: !number },
      cell: ({ cells, keys }) => {
        const text = cells[at] ?? '';
        return number && text ? <Value text={text} href={hrefOf(at, keys)} /> : digits(text);
      },
    };
  });
  const rows = table.rows.map((cells, at) => ({
    id: String(at),
    cells,
    keys: table.keys[at] ?? [],
  }));
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
    // Until the next answer is there, the last one is shown with the question that it answers.
    queryFn: async (): Promise<{ table: Table; of: Question }> => ({
      table: (await answer(api.POST('/api/report-preview', { body: { question } }))) as Table,
      of: question,
    }),
  });
  return (
    <Loaded query={preview} shape="table">
      {({ table, of }) => <Shown table={table} question={of} />}
    </Loaded>
  );
}
