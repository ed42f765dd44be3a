import type pg from 'pg';
import type { Row, Story } from './bundles.ts';
import type { Home } from './copies.ts';
import { cellOf } from './line.ts';

/** Roles of which every province has its own people; the others are of the country, or of one case. */
const provincial = new Set(['director', 'officer', 'expert', 'inspector', 'counter']);

/** Writes what a province has once: people at its desks, with sign-in names of their own, its checklists, its draws. */
export async function writeOwn(client: pg.ClientBase, story: Story, home: Home): Promise<void> {
  for (const [table, rows] of story.own) {
    const columns = story.columns.get(table) ?? [];
    const [id, role] = [
      cellOf(columns, 'id'),
      table === 'accounts' ? cellOf(columns, 'role') : undefined,
    ];
    const list = columns.map(({ name }) => `"${name}"`).join(', ');
    const from = columns.map(({ name, type }, at) => `$${at + 1}::text::${type} as "${name}"`);
    for (const row of rows) {
      if (role && !provincial.has(role(row))) continue;
      const values = columns.map(({ name }, at) => ownCell(name, row[at] ?? null, home));
      await client.query(`insert into ${table} (${list}) select ${from.join(', ')}`, values);
      if (role) await nameAccount(client, home, home.ownId(id(row)), values, columns);
    }
  }
}

function ownCell(name: string, cell: string | null, home: Home): string | null {
  if (cell === null || name === 'person_id' || name === 'mobile') return null;
  if (name === 'province_id') return home.provinceText;
  if (name === 'id' || name === 'account_id') return home.ownId(cell);
  return name === 'username' ? home.username(cell) : cell;
}

async function nameAccount(
  client: pg.ClientBase,
  home: Home,
  id: string,
  values: Row,
  columns: Parameters<typeof cellOf>[0],
): Promise<void> {
  const name = cellOf(columns, 'username')(values);
  await client.query(
    'insert into sign_in_names (name, province_id, account_id) values ($1, $2, $3)',
    [...[name, Number(home.provinceText), id]],
  );
}
