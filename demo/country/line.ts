import type { Row } from './bundles.ts';
import { addressPattern, escaped, type Names, type Pattern, patternOf, place } from './pattern.ts';
import type { Column } from './tables.ts';

/** Values that a copy has none of: what they point to is not copied, or rings at somebody's. */
const emptied = new Set(['allocation_id', 'branch_id', 'mobile', 'notice_on']);

/** Cells as a reader of rows names them. */
export const cellOf = (columns: readonly Column[], name: string) => {
  const at = columns.findIndex((column) => column.name === name);
  if (at < 0) throw new RangeError(`no column ${name}`);
  return (row: Row) => row[at] ?? '';
};

/** A row as a line of COPY. */
export function linePattern(
  table: string,
  row: Row,
  columns: readonly Column[],
  names: Names,
): Pattern {
  const person =
    table === 'people' ? names.people.get(cellOf(columns, 'national_id')(row)) : undefined;
  const cells = columns.map((column, at) => cellPattern(column, row[at] ?? null, names, person));
  return cells.flatMap((cell, at) => [...cell, at + 1 < cells.length ? '\t' : '\n']);
}

const personCells = { first_name: 'first', last_name: 'last', name_key: 'key' } as const;

/** One cell. `person` is the number of the person whose row it is of. */
function cellPattern(
  { name, type }: Column,
  cell: string | null,
  names: Names,
  person: number | undefined,
): Pattern {
  if (cell === null || emptied.has(name)) return ['\\N'];
  if (name === 'province_id') return place({ is: 'province' });
  if (name === 'county_id') return place({ is: 'county' });
  if (name === 'address') return addressPattern(escaped(cell), names, 'countyName');
  if (name === 'address_key') return addressPattern(escaped(cell), names, 'countyKey');
  if (person !== undefined && name in personCells) {
    const what = personCells[name as keyof typeof personCells];
    return place({ is: 'person', what, nth: person });
  }
  if (!['uuid', 'text', 'jsonb', 'text[]', 'uuid[]'].includes(type)) return [escaped(cell)];
  return patternOf(escaped(type === 'jsonb' ? withoutAllocation(cell) : cell), names);
}

/** Of the facts of a step or a plan: the allocation that it was counted against is not copied. */
export function withoutAllocation(json: string): string {
  if (!json.includes('"allocation"')) return json;
  const { allocation: _left, ...rest } = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify(rest);
}
