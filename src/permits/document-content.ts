import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflate } from 'node:zlib';

export const mediaTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** What is wrong with a file, whatever its name and declared type say. */
export type ContentFault = 'type' | 'damaged' | 'trailing' | 'active';

/** A picture larger than any camera's is made to fill a reader's memory. */
const mostPixels = 60_000_000;

/**
 * What a file is by its bytes, read to its end: a file that is two things at once, stops half way,
 * carries something behind its end or acts when opened is refused. Nothing is drawn, and nothing of what it
 * unpacks to is held: the packed part of a picture is unpacked beside the thread that serves, and counted.
 */
export async function inspectContent(
  bytes: Uint8Array,
): Promise<{ readonly type: MediaType } | { readonly fault: ContentFault }> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length > 2 && file[0] === 0xff && file[1] === 0xd8 && file[2] === 0xff) {
    return told('image/jpeg', inspectJpeg(file));
  }
  if (file.subarray(0, 8).equals(pngSignature)) return told('image/png', await inspectPng(file));
  if (/^%PDF-[12]\.\d/.test(file.toString('latin1', 0, 8))) {
    return told('application/pdf', inspectPdf(file));
  }
  return { fault: 'type' };
}

function told(type: MediaType, fault: ContentFault | undefined) {
  return fault ? { fault } : { type };
}

const sizesMake = (width: number, height: number): boolean =>
  width > 0 && height > 0 && width * height <= mostPixels;

/** ITU T.81: segments after markers, then scans of coded data, to the end-of-image marker. */
function inspectJpeg(file: Buffer): ContentFault | undefined {
  let at = 2;
  let framed = false;
  let scanned = false;
  while (at + 1 < file.length) {
    if (file[at] !== 0xff) return 'damaged';
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) {
      if (!framed || !scanned) return 'damaged';
      return at + 2 === file.length ? undefined : 'trailing';
    } else {
      if (at + 4 > file.length) return 'damaged';
      const length = file.readUInt16BE(at + 2);
      if (length < 2 || at + 2 + length > file.length) return 'damaged';
      if (isFrame(marker)) {
        if (length < 8) return 'damaged';
        if (!sizesMake(file.readUInt16BE(at + 7), file.readUInt16BE(at + 5))) return 'damaged';
        framed = true;
      }
      at += 2 + length;
      if (marker === 0xda) {
        scanned = true;
        at = endOfScan(file, at);
      }
    }
  }
  return 'damaged';
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(file: Buffer, from: number): number {
  let at = file.indexOf(0xff, from);
  while (at !== -1 && at + 1 < file.length) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at;
    at = file.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return file.length;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples a pixel has, by PNG's colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** ISO/IEC 15948: chunks with their checksums, the picture's data inflating to its size. */
async function inspectPng(file: Buffer): Promise<ContentFault | undefined> {
  const data: Buffer[] = [];
  let header: Buffer | undefined;
  let at = 8;
  while (at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    if (at + 12 + length > file.length) return 'damaged';
    const name = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) {
      return 'damaged';
    }
    at += 12 + length;
    if (name === 'IHDR') header = body;
    if (name === 'IDAT') data.push(body);
    if (name === 'IEND') {
      if (!header || !(await holdsPicture(header, data))) return 'damaged';
      return at === file.length ? undefined : 'trailing';
    }
  }
  return 'damaged';
}

async function holdsPicture(header: Buffer, data: readonly Buffer[]): Promise<boolean> {
  if (header.length !== 13) return false;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const perPixel = (samples[header[9] ?? 99] ?? 0) * (header[8] ?? 0);
  if (!sizesMake(width, height) || perPixel === 0) return false;
  const bytes = (Math.ceil((width * perPixel) / 8) + 1) * height;
  // Interlacing adds filter bytes: seven small pictures instead of one.
  const most = header[12] === 0 ? bytes : bytes + 8 * height + 64;
  const inflated = await inflatedBytes(data, most);
  return header[12] === 0 ? inflated === bytes : inflated > 0;
}

/** How many bytes data unpacks to; -1 where it is damaged, or more than `most`. */
async function inflatedBytes(data: readonly Buffer[], most: number): Promise<number> {
  let bytes = 0;
  const count = async (parts: AsyncIterable<Buffer>) => {
    for await (const part of parts) {
      bytes += part.length;
      if (bytes > most) throw new RangeError('A picture that unpacks to more than it says');
    }
  };
  try {
    await pipeline(Readable.from(data), createInflate({ chunkSize: 65_536 }), count);
    return bytes;
  } catch {
    return -1;
  }
}

/** What makes a PDF act by itself or carry files; ISO 32000, names as they are unescaped. */
const acts = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction|AA|Encrypt)\b/;

function inspectPdf(file: Buffer): ContentFault | undefined {
  const text = file.toString('latin1');
  const end = text.lastIndexOf('%%EOF');
  if (end === -1) return 'damaged';
  if (/[^\s\0]/.test(text.slice(end + 5))) return 'trailing';
  const pointed = /startxref\s+(\d+)\s+$/.exec(text.slice(Math.max(0, end - 60), end));
  const table = Number(pointed?.[1] ?? Number.NaN);
  if (!(table > 0 && table < end)) return 'damaged';
  if (!/^\s*(?:xref|\d+\s+\d+\s+obj)/.test(text.slice(table, table + 40))) return 'damaged';
  const plain = text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return acts.test(plain) ? 'active' : undefined;
}
