import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useFormats } from '../../../web/format.ts';
import { bankFilesPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../../web/ui/Blocks.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { useShellWords } from '../../../web/words.ts';
import { type BookDay, booksQuery } from './bank-files.ts';
import { useWords } from './words.ts';

const sums = ['sent', 'confirmed', 'returned', 'pending', 'ledger'] as const;

const closes = (row: BookDay) => row.ordersClose && row.ledgerCloses;

function useColumns(): Column<BookDay>[] {
  const t = useWords();
  const shell = useShellWords();
  const { label, money } = useFormats();
  return useMemo(() => {
    const unit = shell('money.millionToman');
    const sum = (key: (typeof sums)[number] | 'told', of: (row: BookDay) => string) => ({
      ...{ key, header: t(`books.${key}`), unit, number: true },
      cell: (row: BookDay) => money(of(row), 'millionToman', 7),
      sort: (row: BookDay) => BigInt(of(row)),
    });
    const bank = (row: BookDay) => label(row.bank.label);
    return [
      {
        key: 'day',
        header: t('books.day'),
        cell: (row) => <Day iso={row.day} />,
        sort: (row) => row.day,
      },
      { key: 'bank', header: t('books.bank'), wide: true, cell: bank, sort: bank },
      ...sums.map((name) => sum(name, (row) => row[`${name}Rial`])),
      sum('told', (row) => row.bankRial),
      {
        key: 'result',
        header: t('books.result'),
        cell: (row) => (
          <Status meaning={closes(row) ? 'done' : 'stopped'}>
            {t(closes(row) ? 'books.closes' : 'books.open')}
          </Status>
        ),
      },
    ];
  }, [t, shell, label, money]);
}

/** By how much a day does not close; rial. */
function differenceOf(row: BookDay): string {
  const answered = BigInt(row.confirmedRial) + BigInt(row.returnedRial) + BigInt(row.pendingRial);
  const apart = row.ordersClose
    ? BigInt(row.ledgerRial) - BigInt(row.bankRial)
    : BigInt(row.sentRial) - answered;
  return String(apart < 0n ? -apart : apart);
}

/** One red line for each day that does not close, with what to do. */
function Open({ items }: { items: readonly BookDay[] }) {
  const t = useWords();
  const { label, day, rial } = useFormats();
  const open = items.filter((row) => !closes(row));
  if (open.length === 0) return null;
  return (
    <div role="alert">
      <ul className="mb-6 grid gap-2">
        {open.map((row) => (
          <li
            key={`${row.day} ${row.bank.id}`}
            className="flex flex-wrap items-center gap-2 rounded border-s-4 border-stopped bg-stopped-soft p-3 text-stopped"
          >
            <Icon name="alert" />
            <span className="font-semibold">
              {t('books.difference', {
                ...{
                  bank: label(row.bank.label),
                  day: day(row.day),
                  amount: rial(differenceOf(row)),
                },
              })}
            </span>
            {row.next ? <span>{t(`books.next.${row.next as 'ask_bank'}`)}</span> : null}
            {row.next === 'decide_lines' ? (
              <AppLink className="link" href={bankFilesPath({ tab: 'waiting' })}>
                {t('books.toLines')}
              </AppLink>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The books of each bank and day: whether they close, and what to do where they do not. */
export function BooksPage() {
  const t = useWords();
  const books = useQuery(booksQuery);
  const columns = useColumns();
  useTitle(t('books.title'));
  return (
    <>
      <PageHead
        title={t('books.title')}
        end={
          <AppLink className="link" href={bankFilesPath()}>
            {t('files.title')}
          </AppLink>
        }
      >
        <span className="block max-w-prose">{t('books.lede')}</span>
      </PageHead>
      <Loaded query={books} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t('books.empty')} />
          ) : (
            <>
              <Open items={items} />
              <DataTable
                caption={t('books.title')}
                hideCaption
                columns={columns}
                rows={items}
                rowKey={(row) => `${row.day} ${row.bank.id}`}
              />
              <p className="pt-3 text-sm text-soft">{t('books.note')}</p>
            </>
          )
        }
      </Loaded>
    </>
  );
}
