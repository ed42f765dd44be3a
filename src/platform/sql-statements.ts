/** One statement of a file, and where in the file it begins. */
export type Statement = { readonly text: string; readonly start: number };

/** What may hold a semicolon or a comma that ends nothing: quotes, bodies between dollars, remarks. */
const whole = /'(?:[^']|'')*'|"[^"]*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//y;

/** Cuts a text at every `mark` that stands outside quotes, bodies, remarks and parentheses. */
function cut(text: string, mark: string): Statement[] {
  const parts: Statement[] = [];
  let [start, depth] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    whole.lastIndex = at;
    const skipped = whole.exec(text)?.[0];
    if (skipped !== undefined) {
      at += skipped.length - 1;
      continue;
    }
    const sign = text[at];
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === mark && depth === 0) {
      parts.push({ text: text.slice(start, at), start });
      start = at + 1;
    }
  }
  parts.push({ text: text.slice(start), start });
  return parts.filter((part) => withoutRemarks(part.text) !== '');
}

/** A statement without the remarks and spaces before its first word. */
function withoutRemarks(text: string): string {
  return text.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}

const alterTable = /^(alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?[\w."]+)\s+([\s\S]*)$/i;

/**
 * The statements of a migration, one at a time, each change of a table by itself: a distributed database takes
 * a constraint only alone.
 */
export function statementsOf(sql: string): Statement[] {
  return cut(sql, ';').flatMap(({ text, start }) => {
    const bare = withoutRemarks(text);
    const [, head, changes] = alterTable.exec(bare) ?? [];
    const parts = changes === undefined ? [] : cut(changes, ',');
    if (parts.length < 2) return [{ text, start }];
    const offset = start + text.length - (changes?.length ?? 0);
    return parts.map((part) => ({
      text: `${head} ${part.text.trim()}`,
      // An error's place counts from the statement's first sign.
      start: offset + part.start - (head?.length ?? 0) - 1,
    }));
  });
}
