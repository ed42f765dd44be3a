import { posix } from 'node:path';
import { TextDecoder } from 'node:util';
import { SpreadsheetError } from './error.ts';
import type { SpreadsheetLimits } from './limits.ts';
import type { ByteReader } from './source.ts';
import { attributeReader, decodeExcelEscapes, XmlScanner } from './xml.ts';
import { inflateEntry, readZipDirectory, type ZipEntry } from './zip.ts';

/** A visible worksheet and the part that holds it. */
export interface WorkbookSheet {
  readonly name: string;
  readonly part: ZipEntry;
}

/** What is needed of a workbook to read any of its sheets. */
export interface Workbook {
  /** In the order of the tabs. */
  readonly sheets: readonly WorkbookSheet[];
  readonly sharedStrings: readonly string[];
  /** By the cell's `s` attribute: whether the format shows a date. */
  readonly dateStyles: readonly boolean[];
  /** Days count from 1904 (old Excel for Mac) rather than 1900. */
  readonly from1904: boolean;
}

const ID = attributeReader('Id');
const TYPE = attributeReader('Type');
const TARGET = attributeReader('Target');
const NAME = attributeReader('name');
const STATE = attributeReader('state');
const RELATION = attributeReader('id', true);
const DATE_1904 = attributeReader('date1904');

type Parts = Map<string, ZipEntry>;
type Relation = { readonly type: string; readonly target: string };

/** Opens the workbook inside a ZIP. Throws {@link SpreadsheetError} for what is no workbook. */
export async function openWorkbook(
  reader: ByteReader,
  limits: SpreadsheetLimits,
): Promise<Workbook> {
  const parts = readZipDirectory(reader, limits);
  refuseOtherFamilies(parts);
  const root = await readRelations(reader, parts, '');
  const main = [...root.values()].find((relation) => relation.type === 'officeDocument')?.target;
  const mainPart = main === undefined ? undefined : parts.get(main.toLowerCase());
  if (main === undefined || !mainPart) throw new SpreadsheetError('not_a_spreadsheet');
  const relations = await readRelations(reader, parts, main);
  const { sheets, from1904 } = await readSheetList(reader, mainPart, relations, parts);
  const related = (type: string): ZipEntry | undefined => {
    const target = [...relations.values()].find((relation) => relation.type === type)?.target;
    return target === undefined ? undefined : parts.get(target.toLowerCase());
  };
  const strings = related('sharedStrings');
  const styles = related('styles');
  return {
    sheets,
    from1904,
    sharedStrings: strings ? await readSharedStrings(reader, strings, limits) : [],
    dateStyles: styles ? await readDateStyles(reader, styles) : [],
  };
}

function refuseOtherFamilies(parts: Parts): void {
  if (parts.has('xl/workbook.bin')) throw new SpreadsheetError('unsupported');
  if (parts.has('mimetype') && parts.has('content.xml')) throw new SpreadsheetError('unsupported');
  if (parts.has('encryptedpackage')) throw new SpreadsheetError('encrypted');
  if (!parts.has('[content_types].xml')) throw new SpreadsheetError('not_a_spreadsheet');
}

/** Feeds a whole part to `open`, for parts of which only attributes matter. */
async function scanTags(
  reader: ByteReader,
  part: ZipEntry,
  open: (name: string, attributes: string) => void,
): Promise<void> {
  const ignore = (): void => undefined;
  await scanPart(reader, part, new XmlScanner({ open, close: ignore, text: ignore }));
}

/** Feeds a whole part to a scanner. Throws `damaged` for bytes that are not UTF-8. */
async function scanPart(reader: ByteReader, part: ZipEntry, scanner: XmlScanner): Promise<void> {
  for await (const text of decodePart(reader, part)) scanner.write(text);
  scanner.end();
}

/** A part's text, piece by piece. */
export async function* decodePart(reader: ByteReader, part: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of inflateEntry(reader, part)) yield decode(decoder, piece);
  yield decode(decoder);
}

function decode(decoder: TextDecoder, piece?: Buffer): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw new SpreadsheetError('damaged');
  }
}

async function readRelations(
  reader: ByteReader,
  parts: Parts,
  owner: string,
): Promise<Map<string, Relation>> {
  const folder = posix.dirname(owner);
  const path = posix.join(folder, '_rels', `${posix.basename(owner)}.rels`);
  const part = parts.get(path.toLowerCase());
  if (!part) throw new SpreadsheetError('not_a_spreadsheet');
  const relations = new Map<string, Relation>();
  await scanTags(reader, part, (name, attributes) => {
    const id = ID(attributes);
    const target = TARGET(attributes);
    if (name !== 'Relationship' || id === undefined || target === undefined) return;
    const absolute = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
    const type = posix.basename(TYPE(attributes) ?? '');
    relations.set(id, { type, target: absolute });
  });
  return relations;
}

async function readSheetList(
  reader: ByteReader,
  part: ZipEntry,
  relations: Map<string, Relation>,
  parts: Parts,
): Promise<{ sheets: WorkbookSheet[]; from1904: boolean }> {
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  await scanTags(reader, part, (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(DATE_1904(attributes) ?? '');
    if (name !== 'sheet' || (STATE(attributes) ?? 'visible') !== 'visible') return;
    const relation = relations.get(RELATION(attributes) ?? '');
    // Chart sheets and macro sheets sit in the same list and have no rows.
    if (relation?.type !== 'worksheet') return;
    const sheetPart = parts.get(relation.target.toLowerCase());
    if (!sheetPart) throw new SpreadsheetError('damaged');
    sheets.push({ name: NAME(attributes) ?? '', part: sheetPart });
  });
  return { sheets, from1904 };
}

/** Text cells refer to these by number. Phonetic readings (`rPh`) are not part of the text. */
async function readSharedStrings(
  reader: ByteReader,
  part: ZipEntry,
  limits: SpreadsheetLimits,
): Promise<string[]> {
  const strings: string[] = [];
  let current = '';
  let total = 0;
  let inText = false;
  let inPhonetic = false;
  const scanner = new XmlScanner({
    open(name) {
      if (name === 'si') current = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    text(text) {
      if (!inText) return;
      current += text;
      total += text.length;
      if (current.length > limits.cellLength) throw new SpreadsheetError('cell_too_long');
      if (total > limits.sharedText) throw new SpreadsheetError('too_large');
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') strings.push(decodeExcelEscapes(current));
    },
  });
  await scanPart(reader, part, scanner);
  return strings;
}

const FORMAT_ID = attributeReader('numFmtId');
const FORMAT_CODE = attributeReader('formatCode');

async function readDateStyles(reader: ByteReader, part: ZipEntry): Promise<boolean[]> {
  const formats = new Map<number, string>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  const open = (name: string, attributes: string): void => {
    const id = Number(FORMAT_ID(attributes) ?? Number.NaN);
    if (name === 'numFmt') formats.set(id, FORMAT_CODE(attributes) ?? '');
    else if (name === 'cellXfs') inCellFormats = true;
    else if (name === 'xf' && inCellFormats) styles.push(showsDate(id, formats.get(id)));
  };
  const close = (name: string): void => {
    if (name === 'cellXfs') inCellFormats = false;
  };
  await scanPart(reader, part, new XmlScanner({ open, close, text: () => undefined }));
  return styles;
}

/** Built-in formats that show a day (ECMA-376 18.8.30, with its East Asian rows). */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36]);
for (let id = 50; id <= 58; id++) DATE_FORMATS.add(id);

/**
 * Whether a number format shows a day: a code with a year or a day in it once quoted text, escapes,
 * fills and bracketed colours, conditions and calendars (`[$-fa-IR,16]`) are gone. The serial is
 * Gregorian whatever calendar shows it.
 */
function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATE_FORMATS.has(id);
  const bare = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[[^\]]*\]/g, '');
  return /[yd]|mmm/i.test(bare) && !/general/i.test(bare);
}
