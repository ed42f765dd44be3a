import { useMemo } from 'react';
import type { Answer } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import type { Column } from '../../web/table/DataTable.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Code, Day } from '../../web/ui/Values.tsx';
import { useShellWords } from '../../web/words.ts';
import { useWords } from './words.ts';

/** One entry behind a number, with its place in the list: a case can be in it several times. */
export type Entry = Answer<'/api/entries'>['items'][number] & { readonly at: number };

function Name({ entry }: { entry: Entry }) {
  return (
    <AppLink
      href={casePath(entry.code)}
      data-row-link
      className="link font-semibold whitespace-nowrap"
    >
      {entry.name}
    </AppLink>
  );
}

function Toman({ rials }: { rials: string }) {
  const shell = useShellWords();
  const { toman, rial } = useFormats();
  return (
    <data value={rials} title={`${rial(rials)} ${shell('money.rial')}`}>
      {toman(rials)}
    </data>
  );
}

const facts: Pick<Column<Entry>, 'key' | 'cell'>[] = [
  { key: 'name', cell: (entry) => <Name entry={entry} /> },
  { key: 'happenedOn', cell: (entry) => <Day iso={entry.happenedOn} short /> },
  {
    key: 'permitNumber',
    cell: (entry) => (entry.permitNumber ? <Code>{entry.permitNumber}</Code> : '—'),
  },
];
const names = ['occupation', 'agency', 'county', 'bank'] as const;

/** The columns of the list behind a number; amounts and people only where the entries have them. */
export function useEntryColumns(rows: readonly Entry[]): Column<Entry>[] {
  const t = useWords();
  const unit = useShellWords()('money.toman');
  const { label, count } = useFormats();
  const withPeople = rows.some((row) => row.people !== null);
  const withMoney = rows.some((row) => row.rial !== null);
  return useMemo(() => {
    const header = (key: string) => t(`column.${key as 'name'}`);
    const people: Column<Entry> = {
      key: 'people',
      header: header('people'),
      number: true,
      cell: ({ people: some }) => (some === null ? '' : count(some)),
    };
    const money: Column<Entry> = {
      key: 'rial',
      header: header('rial'),
      unit,
      number: true,
      cell: ({ rial }) => (rial === null ? '' : <Toman rials={rial} />),
    };
    return [
      ...facts.map((fact) => ({ ...fact, header: header(fact.key) })),
      ...names.map((key) => ({
        key,
        header: header(key),
        wide: true,
        cell: (entry: Entry) => label(entry[key]?.label) || '—',
      })),
      ...(withPeople ? [people] : []),
      ...(withMoney ? [money] : []),
    ];
  }, [t, unit, label, count, withPeople, withMoney]);
}
