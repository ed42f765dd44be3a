import type { TextEncodingName } from './cells.ts';
import { SpreadsheetError } from './error.ts';
import type { ByteReader } from './source.ts';

/** What a file is by its content; its name is never asked. */
export type Sniffed = { format: 'xlsx' } | { format: 'csv'; encoding: TextEncodingName };

const HEAD = 64 * 1024;

/**
 * Tells a workbook from text and text's encoding. Text that is not Unicode is refused with a guess
 * rather than guessed at, unless the caller names `assumed`. Throws {@link SpreadsheetError}.
 */
export function sniff(reader: ByteReader, assumed?: TextEncodingName): Sniffed {
  const head = reader.read(0, HEAD);
  if (head.length === 0) throw new SpreadsheetError('empty');
  if (head.length >= 4 && [0x04034b50, 0x06054b50].includes(head.readUInt32LE(0))) {
    return { format: 'xlsx' };
  }
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new SpreadsheetError(compoundFileCode(reader));
  }
  const encoding = markOf(head) ?? unmarked(head, reader.size > head.length, assumed);
  refuseMarkup(new TextDecoder(encoding).decode(head.subarray(0, 1024)));
  return { format: 'csv', encoding };
}

/** An OLE file: a workbook locked with a password, an old .xls, or something else of Office. */
function compoundFileCode(reader: ByteReader): 'encrypted' | 'old_excel' | 'not_a_spreadsheet' {
  const bytes = reader.read(0, Math.min(reader.size, 32 * 1024 * 1024));
  const holds = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'encrypted';
  return holds('Workbook') || holds('Book') ? 'old_excel' : 'not_a_spreadsheet';
}

function markOf(head: Buffer): TextEncodingName | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

function unmarked(
  head: Buffer,
  cut: boolean,
  assumed: TextEncodingName | undefined,
): TextEncodingName {
  if (assumed) return assumed;
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 27))) {
    throw new SpreadsheetError('not_a_spreadsheet');
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: cut });
    return 'utf-8';
  } catch {
    const guess = looksArabic(head) ? 'windows-1256' : '';
    throw new SpreadsheetError('wrong_encoding', { guess });
  }
}

/** Whether bytes above ASCII, read as Windows-1256, are mostly letters of the Arabic script. */
function looksArabic(head: Buffer): boolean {
  const text = new TextDecoder('windows-1256').decode(head);
  const letters = text.match(/[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]/g)?.length ?? 0;
  const others = head.filter((byte) => byte > 127).length;
  return letters > others * 0.8;
}

function refuseMarkup(start: string): void {
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (/^<(!doctype html|html|head|body|table|meta|style)/i.test(text)) {
    throw new SpreadsheetError('web_page');
  }
  if (/^(<\?xml|%PDF|\{\\rtf|\{\s*"|\[\s*[{[])/.test(text)) {
    throw new SpreadsheetError('not_a_spreadsheet');
  }
}
