import { crc32, deflateRawSync } from 'node:zlib';

/** One part of a ZIP made for a test; the last three fields forge what the directory says of it. */
export interface ZipPart {
  readonly name: string;
  readonly data: string | Uint8Array;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly declaredSize?: number;
  readonly declaredCompressedSize?: number;
}

/** A ZIP file with these parts, honest unless a part forges something. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const data = Buffer.from(part.data as string);
    const packed = part.stored ? data : deflateRawSync(data);
    const name = Buffer.from(part.name);
    const fields = fieldsOf(part, data, packed, name);
    const local = Buffer.concat([u32(0x04034b50), u16(20), fields, u16(0), name, packed]);
    const tail = [u16(0), u16(0), u16(0), u16(0), u32(0), u32(offset), name];
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), u16(20), fields, ...tail]));
    bodies.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const count = u16(parts.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(entries.length), u32(offset)];
  return Buffer.concat([...bodies, entries, ...end, u16(0)]);
}

/** What the local header and the directory have in common: flags … length of the name. */
function fieldsOf(part: ZipPart, data: Buffer, packed: Buffer, name: Buffer): Buffer {
  return Buffer.concat([
    u16(part.encrypted ? 1 : 0),
    u16(part.stored ? 0 : 8),
    u32(0),
    u32(crc32(data)),
    u32(part.declaredCompressedSize ?? packed.length),
    u32(part.declaredSize ?? data.length),
    u16(name.length),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** What a workbook made for a test holds; everything is raw XML, so that a test can say anything. */
export interface WorkbookXml {
  /** Inside `<sheetData>` of the first sheet. */
  readonly rows: string;
  /** After `</sheetData>`. */
  readonly afterRows?: string;
  /** Inside `<sst>`. */
  readonly sharedStrings?: string;
  /** Inside `<styleSheet>`. */
  readonly styles?: string;
  /** Inside `<workbookPr/>`. */
  readonly workbookAttributes?: string;
  /** Instead of the one sheet «برگه»; each with its rows. */
  readonly sheets?: readonly { name: string; state?: string; rows: string }[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of a minimal workbook, in the order that Excel writes them (sheets before strings). */
export function workbookParts(xml: WorkbookXml): ZipPart[] {
  const sheets = xml.sheets ?? [{ name: 'Sheet1', rows: xml.rows }];
  const tabs = sheets.map((sheet, index) => {
    const state = sheet.state ? ` state="${sheet.state}"` : '';
    return `<sheet name="${sheet.name}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`;
  });
  const relations = sheets.map((_, index) => {
    return relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`);
  });
  relations.push(relation('rIdStrings', 'sharedStrings', 'sharedStrings.xml'));
  relations.push(relation('rIdStyles', 'styles', '/xl/styles.xml'));
  const workbook = `<workbookPr ${xml.workbookAttributes ?? ''}/><sheets>${tabs.join('')}</sheets>`;
  return [
    { name: '[Content_Types].xml', data: '<Types/>' },
    {
      name: '_rels/.rels',
      data: relationships([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    },
    {
      name: 'xl/workbook.xml',
      data: `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${workbook}</workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', data: relationships(relations) },
    ...sheets.map((sheet, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: `<worksheet xmlns="${MAIN}"><sheetData>${sheet.rows}</sheetData>${xml.afterRows ?? ''}</worksheet>`,
    })),
    { name: 'xl/sharedStrings.xml', data: `<sst xmlns="${MAIN}">${xml.sharedStrings ?? ''}</sst>` },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet xmlns="${MAIN}">${xml.styles ?? ''}</styleSheet>`,
    },
  ];
}

function relationships(list: readonly string[]): string {
  return `<Relationships xmlns="${PACKAGE}">${list.join('')}</Relationships>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

/** A workbook's bytes. */
export function makeWorkbook(xml: WorkbookXml): Buffer {
  return makeZip(workbookParts(xml));
}
