import ts from 'typescript';
import type { SourceFile } from './source-files.ts';
import { at, literalText, nodesOf } from './syntax.ts';

/** Letters of the Arabic script: a digit or a mark in that script is not yet a word. */
const persian = /(?=\p{Script=Arabic})\p{Letter}/u;
const letters = /\p{Letter}{2,}/u;
/** `Find the case`, `Saved.`: a capital and then small letters, with a space or a full stop. */
const sentence = /^[A-Z][a-z]+(?:[ ’'][\p{Letter}\p{Number}’',–-]+)+[.?!…]?$|^[A-Z][a-z]+[.?!…]$/u;
/** Attributes whose value people read or hear. */
const spoken =
  /^(?:aria-(?:label|description|roledescription|valuetext)|alt|label|placeholder|title)$/;
/** What is thrown at programmers, not at people. */
const thrown = /^(?:\w*Error|Problem)$/;

/** Persian in the code of a file, outside comments; a character written by its number is data. */
export function persianInCode(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    const written = literalText(node) !== undefined || ts.isRegularExpressionLiteral(node);
    if (!written || isInside(node, ts.isImportDeclaration)) continue;
    if (persian.test(node.getText())) found.push(at(file, node, node.getText().trim()));
  }
  return found;
}

/** English that a page would show: text between tags, spoken attributes, sentences in strings. */
export function englishOnPage(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    const text = literalText(node);
    if (text === undefined || !letters.test(text) || isInside(node, isThrown)) continue;
    if (isInside(node, isKeyCap)) continue;
    const shown = ts.isJsxText(node) || isSpoken(node) || sentence.test(text);
    if (shown) found.push(at(file, node, text));
  }
  return found;
}

/**
 * Tags, entities, and attributes outside a tag: those, and an unfinished tag at either end, belong to
 * the template that this one is put into.
 */
const notText = /<[^>]*(?:>|$)|^[^<]*="[^>]*>|\s[\w-]+="[^"]*"|&\w+;/g;

/** English between the tags of a page, acronyms aside, that the server writes as an `html` template. */
export function englishInTemplate(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 'html') continue;
    const markup = literalText(node.template) ?? '';
    const attributes = markup.matchAll(/\s([\w-]+)="([^"]*)"/g);
    const heard = [...attributes].filter(([, name = '']) => spoken.test(name));
    const text = markup.replaceAll(notText, ' ');
    for (const piece of [text, ...heard.map(([, , value = '']) => value)]) {
      const word = letters.exec(piece.replaceAll(/\b[A-Z]{2,}\b/g, ' '));
      if (word) found.push(at(file, node, word[0]));
    }
  }
  return found;
}

function isInside(node: ts.Node, is: (outer: ts.Node) => boolean): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (is(outer)) return true;
  return false;
}

function isThrown(node: ts.Node): boolean {
  return ts.isNewExpression(node) && thrown.test(node.expression.getText());
}

/** A key is called what is printed on it. */
function isKeyCap(node: ts.Node): boolean {
  return ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'kbd';
}

function isSpoken(node: ts.Node): boolean {
  return ts.isJsxAttribute(node.parent) && spoken.test(node.parent.name.getText());
}

/** The messages of one file of words by their full key; an array's are numbered. */
export function messagesOf(words: unknown, key = ''): Map<string, string> {
  if (typeof words === 'string') return new Map([[key, words]]);
  if (typeof words !== 'object' || words === null) throw new Error(`${key} is not words`);
  const inner = Object.entries(words).flatMap(([name, value]) => [
    ...messagesOf(value, key === '' ? name : `${key}.${name}`),
  ]);
  return new Map(inner);
}

/**
 * The arguments of an ICU message, sorted, each with its type: `{n, plural, other {#}}` → `n:plural`.
 * @throws Error where braces do not close
 */
export function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  const end = readMessage(message, 0, found);
  if (end !== message.length) throw new Error(`A brace too many in: ${message}`);
  return [...found].sort();
}

/** Reads text up to the brace that closes it, or the end, and answers where that is. */
function readMessage(message: string, start: number, found: Set<string>): number {
  let at = start;
  while (at < message.length && message[at] !== '}') {
    const quoted = /^'[{}][^']*'/.exec(message.slice(at));
    if (quoted) at += quoted[0].length;
    else if (message[at] === '{') at = readArgument(message, at, found);
    else at += 1;
  }
  return at;
}

/** Reads one `{name}`, `{name, type}` or `{name, type, choice {…} …}`. */
function readArgument(message: string, start: number, found: Set<string>): number {
  const head = /^\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?/.exec(message.slice(start));
  if (!head) throw new Error(`Not an argument at ${start} of: ${message}`);
  const [all, name = '', type] = head;
  found.add(type ? `${name}:${type}` : name);
  let at = start + all.length;
  while (at < message.length && message[at] !== '}') {
    at = message[at] === '{' ? readMessage(message, at + 1, found) + 1 : at + 1;
  }
  if (at >= message.length) throw new Error(`A brace too few in: ${message}`);
  return at + 1;
}
