import type { Reference } from '../../src/accounts/index.ts';
import { PROVINCE_ID } from '../plan-targets.ts';
import type { Bundle, Story } from './bundles.ts';
import { type Chain, chainPatterns } from './chain.ts';
import type { Copy } from './copies.ts';
import { cellOf, linePattern } from './line.ts';
import { joined, type Names, type Pattern, write } from './pattern.ts';
import { type Copied, copied } from './tables.ts';

/** The tables that are written row by row from patterns; the record is written link by link. */
export type Plain = Exclude<Copied, 'history' | 'history_heads'>;
export const plain = copied.filter((table): table is Plain => !table.startsWith('history'));

/** A bundle made ready for being told again. */
export type Telling = {
  /** A line of COPY for each row, by table. */
  readonly lines: ReadonlyMap<Plain, readonly Pattern[]>;
  readonly chains: readonly Chain[];
  readonly people: number;
  readonly permits: number;
  readonly sexes: readonly string[];
};

/** Makes every bundle ready. */
export function tellingsOf(story: Story, reference: Reference): Telling[] {
  const own = new Set<string>();
  for (const [table, rows] of story.own) {
    const id = cellOf(story.columns.get(table) ?? [], 'id');
    for (const row of rows) own.add(id(row));
  }
  const counties = [...reference.counties.values()]
    .filter((county) => county.province_id === PROVINCE_ID)
    .map(({ name_fa }) => name_fa)
    .sort((a, b) => b.length - a.length);
  return story.bundles.map((bundle) => tellingOf(bundle, story.columns, { own, counties }));
}

type Columns = Story['columns'];

function tellingOf(
  bundle: Bundle,
  columns: Columns,
  shared: Pick<Names, 'own' | 'counties'>,
): Telling {
  const cells = (table: Copied, name: string) =>
    (bundle.rows.get(table) ?? []).map(cellOf(columns.get(table) ?? [], name));
  const numbered = (list: readonly string[]) => new Map(list.map((one, at) => [one, at]));
  const names: Names = {
    ...shared,
    people: numbered(cells('people', 'national_id')),
    permits: numbered(cells('permits', 'number')),
    references: new Set([
      ...cells('tranches', 'bank_reference'),
      ...cells('repayments', 'bank_reference'),
    ]),
  };
  const lines = new Map<Plain, readonly Pattern[]>();
  for (const table of plain) {
    const rows = bundle.rows.get(table);
    const list = columns.get(table) ?? [];
    if (rows)
      lines.set(
        table,
        rows.map((row) => joined(linePattern(table, row, list, names))),
      );
  }
  return {
    lines,
    chains: chainPatterns(bundle.rows.get('history') ?? [], columns.get('history') ?? [], names),
    people: names.people.size,
    permits: names.permits.size,
    sexes: cells('people', 'sex'),
  };
}

/** All lines of a copy for one table. */
export function writeLines(telling: Telling | undefined, table: Plain, copy: Copy): string {
  let text = '';
  for (const line of telling?.lines.get(table) ?? []) text += write(line, copy);
  return text;
}
