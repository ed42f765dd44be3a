import type pg from 'pg';
import { PROVINCE_ID } from '../plan-targets.ts';
import type { Outcome } from './sizes.ts';
import { type Column, type Copied, copied, left, once } from './tables.ts';

/** A row, each cell as COPY's text form has it before escaping; null where there is nothing. */
export type Row = readonly (string | null)[];

/** Cases of the story that hang together, with everything of theirs: a supporter and those it covers, or one maker. */
export type Bundle = {
  readonly rows: ReadonlyMap<Copied, readonly Row[]>;
  readonly cases: number;
  readonly outcome: Outcome;
};

/** The story's rows, sorted out. */
export type Story = {
  readonly bundles: readonly Bundle[];
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** Rows that a province has once, by table. */
  readonly own: ReadonlyMap<string, readonly Row[]>;
};

/** Sets of ids that belong together (a forest of parents). */
class Together {
  readonly #parents = new Map<string, string>();
  of(id: string): string {
    const parent = this.#parents.get(id);
    if (parent === undefined || parent === id) return id;
    const root = this.of(parent);
    this.#parents.set(id, root);
    return root;
  }
  join(ids: readonly string[]): void {
    const [first] = ids;
    if (first === undefined) return;
    const root = this.of(first);
    for (const id of ids) this.#parents.set(this.of(id), root);
    this.#parents.set(root, root);
  }
  has(id: string): boolean {
    return this.#parents.has(id);
  }
}

/** An id of its own for what a national ID names, so that rows by national ID find their person. */
const byNationalId = (id: string) => `national ${id}`;

/** Columns whose ids say who acted or how it is grouped, not what belongs together. */
const aside = new Set([
  'op_id',
  'allocation_id',
  'actor_id',
  'assignee_id',
  'checklist_id',
  'draw_id',
]);

function idsOf(row: Row, columns: readonly Column[], known: ReadonlySet<string>): string[] {
  return columns.flatMap(({ name, type }, at) => {
    const cell = row[at];
    if (cell === null || cell === undefined || aside.has(name)) return [];
    if (name === 'national_id') return [byNationalId(cell)];
    return type === 'uuid' && !known.has(cell) ? [cell] : [];
  });
}

async function read(
  client: pg.ClientBase,
  table: string,
  columns: readonly Column[],
): Promise<Row[]> {
  const list = columns.map(({ name }) => `"${name}"::text`).join(', ');
  const { rows } = await client.query({
    text: `select ${list} from ${table} where province_id = ${PROVINCE_ID}`,
    rowMode: 'array',
  });
  return rows as Row[];
}

/**
 * Reads the story out of its province and sorts it into bundles. What hangs together with rows that no copy has
 * (an order of the market, a line of a bank's file) is left out, with all that it hangs together with.
 */
export async function readStory(
  client: pg.ClientBase,
  columns: Map<string, Column[]>,
): Promise<Story> {
  await client.query("set local timezone = 'UTC'");
  const rows = new Map<string, Row[]>();
  for (const [table, list] of columns) rows.set(table, await read(client, table, list));
  const own = new Map(once.map((table) => [table, rows.get(table) ?? []]));
  const idAt = (table: string) => (columns.get(table) ?? []).findIndex(({ name }) => name === 'id');
  const known = new Set(
    [...own].flatMap(([table, list]) => list.map((row) => row[idAt(table)] ?? '')),
  );
  const together = new Together();
  const idsIn = (table: string, row: Row) => idsOf(row, columns.get(table) ?? [], known);
  for (const table of copied)
    for (const row of rows.get(table) ?? []) together.join(idsIn(table, row));
  const spoilt = new Set<string>();
  for (const [table, list] of rows) {
    if ([...copied, ...left, ...once].some((one) => one === table)) continue;
    for (const row of list)
      for (const id of idsIn(table, row)) if (together.has(id)) spoilt.add(together.of(id));
  }
  return {
    bundles: gather(rows, (table, row) => together.of(idsIn(table, row)[0] ?? ''), spoilt),
    columns,
    own,
  };
}

function gather(
  rows: ReadonlyMap<string, readonly Row[]>,
  rootOf: (table: string, row: Row) => string,
  spoilt: ReadonlySet<string>,
): Bundle[] {
  const byRoot = new Map<string, Map<Copied, Row[]>>();
  for (const table of copied) {
    for (const row of rows.get(table) ?? []) {
      const root = rootOf(table, row);
      if (spoilt.has(root)) continue;
      const bundle = byRoot.get(root) ?? new Map<Copied, Row[]>();
      byRoot.set(root, bundle);
      bundle.set(table, [...(bundle.get(table) ?? []), row]);
    }
  }
  return [...byRoot.values()].flatMap((bundle) => {
    const cases = bundle.get('cases')?.length ?? 0;
    return cases === 0 ? [] : [{ rows: bundle, cases, outcome: outcomeOf(bundle) }];
  });
}

function outcomeOf(bundle: ReadonlyMap<Copied, readonly Row[]>): Outcome {
  if (bundle.has('tranches')) return 'funded';
  return bundle.has('permits') ? 'permitted' : 'other';
}
