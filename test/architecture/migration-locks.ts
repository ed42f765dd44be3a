/**
 * What a migration may not do to a table that has rows already: anything that holds a lock for as long as it
 * takes to read or write them all. See "Migrations that nobody waits for" in CONTRIBUTING.md.
 */

/** A migration as these rules read it. */
export type MigrationText = { readonly sql: string; readonly transactional: boolean };

type Statement = { readonly text: string; readonly table: string | undefined };
type Rule = { readonly refuses: (statement: string) => boolean; readonly why: string };

const name = String.raw`(?:only\s+)?(?:public\.)?"?(\w+)"?`;
export const altered = new RegExp(`^alter table (?:if exists )?${name}`);
export const created = new RegExp(`^create (?:unlogged )?table (?:if not exists )?${name}`);
const indexed = new RegExp(
  String.raw`^create (?:unique )?index (?:concurrently )?(?:if not exists )?(?:\w+ )?on ${name}`,
);
const written = new RegExp(`^(?:update|delete from|insert into|lock table|truncate) ${name}`);

/** Functions whose value is the same for all rows of a statement; any other default writes every row anew. */
const steady =
  /\bdefault (?:now\(\)|current_\w+|'[^']*'(?:::[\w[\]]+)?|-?[\d.]+|true|false|null|array\[\]\S*)/;

const rules: readonly Rule[] = [
  {
    refuses: (text) =>
      addedColumns(text).some((one) => /\bdefault \S*\(/.test(one) && !steady.test(one)),
    why: 'a default that differs from row to row writes the whole table under its lock: add the column empty, fill it in batches',
  },
  {
    refuses: (text) => addedColumns(text).some((one) => /\bgenerated always as\b/.test(one)),
    why: 'a generated column writes the whole table under its lock: add an empty one, fill it in batches',
  },
  {
    refuses: (text) =>
      addedColumns(text).some((one) => / not null\b/.test(one) && !/\bdefault\b/.test(one)),
    why: 'a new column that must not be empty fails where there are rows: give it a default, or add it empty and fill it',
  },
  {
    refuses: (text) => /\balter (?:column )?\w+ (?:set data )?type\b/.test(text),
    why: 'a change of type writes the whole table under its lock: add a second column, fill it, move to it',
  },
  {
    refuses: (text) =>
      /\badd constraint \w+ (?:check|foreign key)\b/.test(text) && !isUnchecked(text),
    why: 'a constraint is checked against every row under the lock: add it NOT VALID, and validate it in a later migration',
  },
  {
    refuses: (text) =>
      /\badd (?:constraint \w+ )?(?:unique|primary key|exclude)\b/.test(text) &&
      !/\busing index\b/.test(text),
    why: 'a key builds its index under the lock: build the index CONCURRENTLY first, then add the key USING INDEX',
  },
  {
    refuses: (text) => /^create (?:unique )?index (?!concurrently)/.test(text),
    why: 'an index stops all writes while it is built: build it CONCURRENTLY, in a file that begins with "-- no transaction"',
  },
  {
    refuses: (text) => /^(?:update|delete from) /.test(text),
    why: 'rows are filled or removed in batches, by a job or a command, not while the schema changes',
  },
  {
    refuses: (text) => /^(?:cluster|vacuum full|lock table|reindex (?!.*concurrently))/.test(text),
    why: 'this holds the table until the whole of it has been gone through',
  },
];

/** The parts of an ALTER TABLE that add a column. */
function addedColumns(text: string): string[] {
  const parts = text.split(/,\s*(?=(?:add|alter|drop) )/);
  return parts.filter((one) =>
    /\badd (?:column )?(?!constraint|unique|primary|exclude|column)\w+ /.test(one),
  );
}

/** Whether every constraint that a statement adds waits to be checked. */
function isUnchecked(text: string): boolean {
  const added = text.split(/(?=\badd constraint )/).slice(1);
  return added.every((one) => !/ (?:check|foreign key)\b/.test(one) || /\bnot valid\b/.test(one));
}

/** Statements with one space between words, without comments; what is in quotes is not looked into. */
export function statementsOf(sql: string): string[] {
  const plain = sql
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, '$$body$$')
    .replaceAll(/'(?:[^']|'')*'/g, "''");
  return plain
    .split(';')
    .map((one) => one.replaceAll(/\s+/g, ' ').trim().toLowerCase())
    .filter(Boolean);
}

function readStatement(text: string): Statement {
  const table = (altered.exec(text) ?? indexed.exec(text) ?? written.exec(text))?.[1];
  return { text, table };
}

/** Each way in which a migration would make others wait, as a sentence; none where nobody waits. */
export function longLocks({ sql, transactional }: MigrationText): string[] {
  const texts = statementsOf(sql);
  if (!transactional && texts.length !== 1) {
    return [
      'a file without a transaction holds one statement: a server runs several of a file as one',
    ];
  }
  const fresh = new Set(texts.flatMap((text) => created.exec(text)?.[1] ?? []));
  const unchecked = new Map<string, string>();
  return texts.map(readStatement).flatMap(({ text, table }) => {
    if (table !== undefined && fresh.has(table)) return [];
    const found = rules.filter(({ refuses }) => refuses(text)).map(({ why }) => why);
    const validated = /\bvalidate constraint (\w+)/.exec(text)?.[1];
    if (validated !== undefined && unchecked.has(validated)) {
      found.push(
        'what one migration adds is validated by a later one, or the lock of the first lasts',
      );
    }
    for (const [, added = ''] of text.matchAll(/\badd constraint (\w+)/g))
      unchecked.set(added, text);
    return found.map((why) => `${table ?? text.slice(0, 40)}: ${why}`);
  });
}

/** Columns that were told to be NOT NULL, of `table.column`, unless a validated check says so already. */
export function uncheckedNotNulls(sql: string, proven: ReadonlySet<string>): string[] {
  const fresh = new Set(statementsOf(sql).flatMap((text) => created.exec(text)?.[1] ?? []));
  return statementsOf(sql).flatMap((text) => {
    const table = altered.exec(text)?.[1] ?? '';
    if (fresh.has(table)) return [];
    const columns = [...text.matchAll(/\balter (?:column )?(\w+) set not null/g)];
    return columns
      .map(([, column = '']) => `${table}.${column}`)
      .filter((column) => !proven.has(column))
      .map(
        (column) =>
          `${column}: SET NOT NULL reads every row under the lock: validate a CHECK (… IS NOT NULL) in a migration before`,
      );
  });
}

/** The columns, as `table.column`, that a migration's validated checks prove never to be empty. */
export function provenNotNull(files: readonly string[]): ReadonlySet<string> {
  const checks = new Map<string, string>();
  const proven = new Set<string>();
  for (const text of files.flatMap(statementsOf)) {
    const table = altered.exec(text)?.[1] ?? '';
    const added = text.matchAll(
      /\badd constraint (\w+) check \( ?\(?(\w+) is not null\)? ?\) not valid/g,
    );
    for (const [, constraint = '', column = ''] of added)
      checks.set(constraint, `${table}.${column}`);
    for (const [, constraint = ''] of text.matchAll(/\bvalidate constraint (\w+)/g)) {
      const column = checks.get(constraint);
      if (column !== undefined) proven.add(column);
    }
  }
  return proven;
}
