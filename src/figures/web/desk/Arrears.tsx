import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../../web/api.ts';
import { type Label, useFormats } from '../../../web/format.ts';
import { casePath } from '../../../web/paths.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { useShellWords } from '../../../web/words.ts';
import { arrearsQuery } from './queries.ts';
import { useDeskWords } from './words.ts';

type Bank = Answer<'/api/arrears'>['items'][number];
type Loan = Answer<'/api/late-loans'>['items'][number];

/** An amount's column, in millions of toman. */
function useMoneyColumn() {
  const shell = useShellWords();
  const { money } = useFormats();
  return <Row,>(key: string, header: string, pick: (row: Row) => string): Column<Row> => ({
    ...{ key, header, unit: shell('money.millionToman'), number: true },
    cell: (row) => money(pick(row), 'millionToman'),
    sort: (row) => BigInt(pick(row)),
  });
}

function useLoanColumns(): Column<Loan>[] {
  const t = useDeskWords();
  const { label, count } = useFormats();
  const money = useMoneyColumn();
  return [
    {
      ...{ key: 'name', header: t('borrower'), wide: true },
      cell: ({ code, name }) => (
        <AppLink className="link" href={casePath(code)}>
          {name}
        </AppLink>
      ),
    },
    { key: 'agency', header: t('agency'), wide: true, cell: ({ agency }) => label(agency.label) },
    {
      ...{ key: 'days', header: t('longestLate'), unit: t('dayUnit'), number: true },
      cell: ({ daysPastDue }) => count(daysPastDue),
    },
    money('overdue', t('overdue'), ({ overdueRial }) => overdueRial),
    money('principal', t('principal'), ({ principalRial }) => principalRial),
  ];
}

/** The late loans behind a bank's number. */
function LateLoans({ bank }: { bank: { id: string; label: Label } }) {
  const t = useDeskWords();
  const { label, count } = useFormats();
  const columns = useLoanColumns();
  const loans = useInfiniteQuery({
    queryKey: ['late-loans', bank.id],
    queryFn: ({ pageParam }) => {
      const query = { bank: bank.id, ...(pageParam ? { cursor: pageParam } : {}) };
      return answer(api.GET('/api/late-loans', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = loans.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = loans.data?.pages[0]?.total;
  if (total === undefined) return null;
  return (
    <div className="grid justify-items-start gap-2 pt-4">
      <h3>{t('lateOf', { bank: label(bank.label) })}</h3>
      <p className="text-soft">{t('lateTotal', { count: count(total) })}</p>
      <div className="w-full min-w-0">
        <DataTable
          caption={t('lateOf', { bank: label(bank.label) })}
          hideCaption
          columns={columns}
          rows={rows}
          rowKey={({ code }) => code}
        />
      </div>
      {loans.hasNextPage ? (
        <Button look="secondary" onPress={() => void loans.fetchNextPage()}>
          {t('moreLoans')}
        </Button>
      ) : null}
    </div>
  );
}

function useBankColumns(onOpen: (bank: Bank['bank']) => void): Column<Bank>[] {
  const t = useDeskWords();
  const { label, count } = useFormats();
  const money = useMoneyColumn();
  return [
    { key: 'bank', header: t('bank'), wide: true, cell: ({ bank }) => label(bank.label) },
    {
      ...{ key: 'loans', header: t('loans'), number: true, sort: ({ loans }) => loans },
      cell: ({ loans }) => count(loans),
    },
    {
      ...{ key: 'late', header: t('lateLoans'), number: true, sort: ({ late }) => late },
      cell: ({ bank, late }) =>
        late === 0 ? (
          count(late)
        ) : (
          <button type="button" className="number-link" onClick={() => onOpen(bank)}>
            {count(late)}
          </button>
        ),
    },
    money('overdue', t('overdue'), ({ overdueRial }) => overdueRial),
    {
      ...{ key: 'longest', header: t('longestLate'), unit: t('dayUnit'), number: true },
      ...{ cell: (row) => count(row.longestDays), sort: (row) => row.longestDays },
    },
  ];
}

function Banks({ closedOn, items }: Answer<'/api/arrears'>) {
  const t = useDeskWords();
  const { day } = useFormats();
  const [open, setOpen] = useState<Bank['bank']>();
  const columns = useBankColumns(setOpen);
  if (closedOn === null) return <p className="text-soft">{t('noClose')}</p>;
  return (
    <>
      <p className="pb-3 text-sm text-soft">{t('arrearsHint', { day: day(closedOn) })}</p>
      <DataTable
        caption={t('arrears')}
        hideCaption
        columns={columns}
        rows={items}
        rowKey={({ bank }) => bank.id}
      />
      {open ? <LateLoans bank={open} /> : null}
    </>
  );
}

/** What borrowers owe past its day, by bank, with the late loans behind each number. */
export function Arrears() {
  const t = useDeskWords();
  const arrears = useQuery(arrearsQuery);
  return (
    <Sheet title={t('arrears')} id="arrears">
      <Loaded query={arrears} shape="table">
        {(data) => <Banks {...data} />}
      </Loaded>
    </Sheet>
  );
}
