import { SpreadsheetError } from './error.ts';

/** What a scan reports. Names come without their namespace prefix. */
export interface XmlHandler {
  /** `attributes` is the raw text after the name; read it with {@link attributeReader}. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Decoded text; one run may come in several pieces. */
  text(text: string): void;
}

const LONGEST_TAG = 1024 * 1024;
const LONGEST_ENTITY = 12;
const DEEPEST = 64;
const LESS_THAN = 60;
const BANG = 33;
const QUESTION = 63;
const SLASH = 47;

/**
 * A scanner for the XML inside workbooks, fed piece by piece. Strict where a cut or forged file
 * would otherwise be read as a shorter one: tags must nest and close, and a document type (the door
 * to entity bombs) is refused. Throws `damaged`.
 */
export class XmlScanner {
  private readonly handler: XmlHandler;
  private readonly names: string[] = [];
  private rest = '';
  private rooted = false;

  constructor(handler: XmlHandler) {
    this.handler = handler;
  }

  write(piece: string): void {
    const text = this.rest + piece;
    const done = this.scan(text);
    this.rest = text.slice(done);
    if (this.rest.length > LONGEST_TAG) throw new SpreadsheetError('damaged');
  }

  /** To be called after the last piece. */
  end(): void {
    if (this.names.length > 0 || !this.rooted || this.rest.trim() !== '') {
      throw new SpreadsheetError('damaged');
    }
  }

  /** Scans as far as whole constructs go, and says where that is. */
  private scan(text: string): number {
    let at = 0;
    while (at < text.length) {
      const next =
        text.charCodeAt(at) === LESS_THAN ? this.markup(text, at) : this.characters(text, at);
      if (next === at) break;
      at = next;
    }
    return at;
  }

  private characters(text: string, at: number): number {
    const found = text.indexOf('<', at);
    let end = found === -1 ? text.length : found;
    if (found === -1) {
      const ampersand = text.lastIndexOf('&');
      const split = ampersand >= Math.max(at, end - LONGEST_ENTITY);
      if (split && !text.includes(';', ampersand)) end = ampersand;
    }
    if (end > at) this.characterData(text.slice(at, end));
    return end;
  }

  private characterData(text: string): void {
    if (this.names.length > 0) this.handler.text(decodeEntities(text));
    else if (text.trim() !== '') throw new SpreadsheetError('damaged');
  }

  private markup(text: string, at: number): number {
    const second = text.charCodeAt(at + 1);
    if (second === BANG) return this.declaration(text, at);
    if (second === QUESTION) return after(text, '?>', at);
    const end = tagEnd(text, at + 1);
    if (end === -1) return at;
    if (second === SLASH) this.closeTag(localName(text.slice(at + 2, end).trimEnd()));
    else this.openTag(text, at + 1, end);
    return end + 1;
  }

  private openTag(text: string, start: number, end: number): void {
    const selfClosing = text.charCodeAt(end - 1) === SLASH;
    const stop = selfClosing ? end - 1 : end;
    let nameEnd = start;
    while (nameEnd < stop && text.charCodeAt(nameEnd) > 32) nameEnd++;
    const name = localName(text.slice(start, nameEnd));
    if (this.names.length === 0 && this.rooted) throw new SpreadsheetError('damaged');
    this.rooted = true;
    if (this.names.push(name) > DEEPEST) throw new SpreadsheetError('damaged');
    this.handler.open(name, text.slice(nameEnd, stop));
    if (selfClosing) this.closeTag(name);
  }

  private closeTag(name: string): void {
    if (this.names.pop() !== name) throw new SpreadsheetError('damaged');
    this.handler.close(name);
  }

  private declaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, '-->', at);
    if (text.startsWith('<![CDATA[', at)) {
      const end = after(text, ']]>', at);
      if (end > at) this.handler.text(text.slice(at + 9, end - 3));
      return end;
    }
    // Too short to tell a comment or character data from a document type yet.
    if (text.length - at < 9) return at;
    throw new SpreadsheetError('damaged');
  }
}

function after(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at);
  return found === -1 ? at : found + mark.length;
}

/** Where a tag ends: the first '>' outside quotes; -1 when not yet there. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return at;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#[xX]?[0-9a-fA-F]{1,7}|[a-z]{1,4});/g, (all, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? all;
    const hex = name[1] === 'x' || name[1] === 'X';
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/**
 * A reader of one attribute by its name ('r'; or 'id' with any prefix when `prefixed`). Made once
 * and called per tag: the plain spelling ` r="…"` costs one search, others a pattern.
 */
export function attributeReader(
  name: string,
  prefixed = false,
): (attributes: string) => string | undefined {
  const plain = ` ${name}="`;
  const prefix = prefixed ? '[\\w.-]+:' : '';
  const pattern = new RegExp(`(?:^|\\s)${prefix}${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  return (attributes) => {
    const found = prefixed ? -1 : attributes.indexOf(plain);
    if (found !== -1) {
      const start = found + plain.length;
      return decodeEntities(attributes.slice(start, attributes.indexOf('"', start)));
    }
    if (attributes === '') return undefined;
    if (!prefixed && !/['\t\n\r]|\s=|=\s/.test(attributes)) return undefined;
    const match = pattern.exec(attributes);
    return match ? decodeEntities(match[1] ?? match[2] ?? '') : undefined;
  };
}

/** Decodes Excel's own `_x000D_` spelling of characters that XML cannot hold. */
export function decodeExcelEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
