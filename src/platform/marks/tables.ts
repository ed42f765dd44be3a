/** Tables whose rows nobody marks, and why nothing is lost by it. */
export const unmarkedTables: Readonly<Record<string, string>> = {
  write_marks: 'the marks themselves, each of which carries a keyed digest',
  stocktakings: 'carry a keyed digest themselves',
  schema_migrations: 'held against the files of the release by migrate',
  schema_foreign_keys: 'notes of one change of the schema while it runs',
  measure_deltas: 'recomputed from the record by figures.totals',
  daily_totals: 'recomputed from the record by figures.totals',
  monthly_totals: 'recomputed from the record by figures.totals',
  catalogue_words: 'words for searching, made of the products',
  sessions: 'who is signed in now; ends by itself within hours',
  client_tokens: 'who is signed in now; ends by itself within an hour',
  sign_in_codes: 'codes of three minutes',
  sign_in_tries: 'counters of a quarter of an hour',
  passkey_challenges: 'questions of some minutes',
  spent_challenges: 'proofs of work of some minutes',
  request_counts: 'counters of a minute',
  case_claims: 'who looks at a case just now; ends by itself within minutes',
  saved_filters: 'settings of somebody’s own list',
  drafts: 'forms that nobody has sent yet',
  document_pieces: 'parts of a document on its way',
  field_photo_pieces: 'parts of a photo on its way',
};

const writing = /\b(?:insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?"?([a-z_]+)/gi;
/** What follows the word where it names no table: a lock, or the other half of an upsert. */
const noTables = new Set(['set', 'of', 'skip', 'nowait']);
const none: readonly string[] = [];
const known = new Map<string, readonly string[]>();
/** Texts made up by what is asked must not pile up. */
const mostKnown = 2000;

/** The tables with marks that a statement may write; more than it writes are harmless. */
export function tablesWritten(text: string): readonly string[] {
  const found = known.get(text);
  if (found) return found;
  const tables = new Set([...text.matchAll(writing)].map(([, name = '']) => name.toLowerCase()));
  for (const name of tables) if (noTables.has(name) || name in unmarkedTables) tables.delete(name);
  const list = tables.size === 0 ? none : [...tables];
  if (known.size < mostKnown) known.set(text, list);
  return list;
}
