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
    return rules
      .filter(({ refuses }) => refuses.test(text))
      .map(({ why }) => `${text.slice(0, 60)}: ${why}`);
  });
}
