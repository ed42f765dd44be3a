import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormats } from '../../web/format.ts';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { type Meaning, Status } from '../../web/ui/Status.tsx';

/** How a list of the office says what it has. */
export type ListWords = {
  readonly none: string;
  readonly noneHint: string;
  /** Its caption, with how many there are. */
  readonly caption: (count: string) => string;
};

/** A state in its colour, with its word. */
export type StateWords = (state: string) => { readonly meaning: Meaning; readonly word: string };

type Line = { readonly code: string; readonly state: string };

/** What every list of the office begins with: what a line is, as a link to its page, and its state. */
export function headColumns<One extends Line>(
  first: {
    readonly key: string;
    readonly header: string;
    readonly name: (one: One) => string;
    readonly href: (code: string) => string;
  },
  state: { readonly header: string; readonly words: StateWords },
): Column<One>[] {
  return [
    {
      ...{ key: first.key, header: first.header, wide: true, sort: first.name },
      cell: (one) => (
        <AppLink className="link font-semibold" href={first.href(one.code)}>
          {first.name(one)}
        </AppLink>
      ),
    },
    {
      ...{ key: 'state', header: state.header, sort: (one) => one.state },
      cell: (one) => <StateStatus {...state.words(one.state)} />,
    },
  ];
}

function StateStatus({ meaning, word }: ReturnType<StateWords>) {
  return <Status meaning={meaning}>{word}</Status>;
}

/** A list of the office's side of the market, and below it whatever adds to it. */
export function OfficeList<One extends Line>({
  query,
  columns,
  icon,
  words,
  children,
}: {
  query: UseQueryResult<{ items: One[] }>;
  columns: Column<One>[];
  icon: 'calendar' | 'file';
  words: ListWords;
  children: ReactNode;
}) {
  const { count } = useFormats();
  return (
    <div className="grid gap-6">
      <Loaded query={query} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={icon} title={words.none}>
              {words.noneHint}
            </EmptyState>
          ) : (
            <DataTable
              caption={words.caption(count(items.length))}
              columns={columns}
              rows={items}
              rowKey={({ code }) => code}
            />
          )
        }
      </Loaded>
      {children}
    </div>
  );
}

/** The head of a page about one thing: its name, its state at the end. */
export function StateHead({
  title,
  state,
  children,
}: {
  title: string;
  state: ReturnType<StateWords>;
  children?: ReactNode;
}) {
  return (
    <PageHead title={title} end={<StateStatus {...state} />}>
      {children}
    </PageHead>
  );
}
