/**
 * What a migration may not do that says in its head that any older code may work on it (`-- expand`). See "Migrations
 * that nobody waits for" in CONTRIBUTING.md.
 */
import { altered, created, statementsOf } from './migration-locks.ts';

const rules: readonly { readonly refuses: RegExp; readonly why: string }[] = [
  {
    refuses: /^drop (?!index )|\bdrop (?:column|constraint|not null|default|identity)\b/,
    why: 'takes something away that older code may use or count on',
  },
  { refuses: /\brename\b|\bset schema\b/, why: 'gives something a name that older code lacks' },
  { refuses: /\balter (?:column )?\w+ (?:set data )?type\b/, why: 'changes a type' },
  {
    refuses:
      /\bset not null\b|\badd (?:column )?\w+ (?:(?!\bdefault\b|, add ).)* not null\b(?!.*\bdefault\b)/,
    why: 'asks for a value that older code does not write',
  },
  {
    refuses: /\badd constraint\b|\badd (?:unique|primary key|exclude|check|foreign key)\b/,
    why: 'forbids rows that older code may write',
  },
  { refuses: /^create unique index\b/, why: 'forbids rows that older code may write' },
  {
    refuses: /^revoke\b|\benable row level security\b|\bas restrictive\b|^alter policy\b/,
    why: 'takes a right away from older code',
  },
];

/** Each way in which a migration would stop code that does not know it, as a sentence; none where it only adds. */
export function brokenOlder(sql: string): string[] {
  const texts = statementsOf(sql);
  const fresh = new Set(texts.flatMap((text) => created.exec(text)?.[1] ?? []));
  return texts.flatMap((text) => {
    const table = altered.exec(text)?.[1] ?? / on (?:only )?(\w+)/.exec(text)?.[1];
    if (table !== undefined && fresh.has(table)) return [];
    if (table !== undefined && isKeyOfNew(text, emptyColumns(texts, table))) return [];
    return rules
      .filter(({ refuses }) => refuses.test(text))
      .map(({ why }) => `${text.slice(0, 60)}: ${why}`);
  });
}

/** The columns of a table that a migration adds with nothing in them: older code leaves them so. */
function emptyColumns(texts: readonly string[], table: string): ReadonlySet<string> {
  const adding = texts.filter((text) => altered.exec(text)?.[1] === table);
  const found = adding.flatMap((text) => [
    ...text.matchAll(/\badd column (\w+) (?![^,]*\b(?:default|not null)\b)/g),
  ]);
  return new Set(found.map(([, column = '']) => column));
}

/** Whether a statement only adds a foreign key over a new, empty column: it asks nothing of rows without it. */
function isKeyOfNew(text: string, columns: ReadonlySet<string>): boolean {
  const key = /^alter table \w+ add constraint \w+ foreign key \(([^)]*)\) (?!.*match full)/.exec(
    text,
  );
  return key !== null && (key[1] ?? '').split(/, ?/).some((column) => columns.has(column));
}
