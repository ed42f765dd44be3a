import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { SpreadsheetError } from './error.ts';
import type { SpreadsheetLimits } from './limits.ts';
import { type ByteReader, readPieces } from './source.ts';

/** One part of a ZIP as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc: number;
  readonly headerOffset: number;
}

const END_RECORD = 22;
const LONGEST_COMMENT = 0xffff;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const HEADER_SIGNATURE = 0x04034b50;
const ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads the central directory, and refuses a bomb by what it declares, before a byte is inflated:
 * too many parts, too much in all, an impossible ratio, or parts that overlap. Keys are lower case
 * with forward slashes, because some writers spell part names their own way.
 */
export function readZipDirectory(
  reader: ByteReader,
  limits: SpreadsheetLimits,
): Map<string, ZipEntry> {
  const { offset, size, count } = findDirectory(reader);
  if (count > limits.entries) throw new SpreadsheetError('zip_bomb');
  const directory = reader.read(offset, size);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    const { entry, next } = readEntry(directory, at);
    const key = entry.name.replaceAll('\\', '/').toLowerCase();
    if (entries.has(key)) throw new SpreadsheetError('damaged');
    entries.set(key, entry);
    at = next;
  }
  refuseBomb([...entries.values()], reader.size, limits);
  return entries;
}

function findDirectory(reader: ByteReader): { offset: number; size: number; count: number } {
  const tailSize = Math.min(reader.size, END_RECORD + LONGEST_COMMENT);
  const tail = reader.read(reader.size - tailSize, tailSize);
  for (let at = tail.length - END_RECORD; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const size = tail.readUInt32LE(at + 12);
    const offset = tail.readUInt32LE(at + 16);
    if (size === ZIP64 || offset === ZIP64) throw new SpreadsheetError('unsupported');
    if (offset + size > reader.size) throw new SpreadsheetError('damaged');
    return { offset, size, count: tail.readUInt16LE(at + 10) };
  }
  throw new SpreadsheetError('damaged');
}

function readEntry(directory: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
    throw new SpreadsheetError('damaged');
  }
  if ((directory.readUInt16LE(at + 8) & 1) !== 0) throw new SpreadsheetError('encrypted');
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
  const entry: ZipEntry = {
    name: directory.toString('utf8', at + 46, nameEnd),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    compressedSize: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    headerOffset: directory.readUInt32LE(at + 42),
  };
  if ([entry.compressedSize, entry.size, entry.headerOffset].includes(ZIP64)) {
    throw new SpreadsheetError('unsupported');
  }
  const next = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  return { entry, next };
}

function refuseBomb(entries: ZipEntry[], fileSize: number, limits: SpreadsheetLimits): void {
  let compressed = 0;
  let inflated = 0;
  for (const entry of entries) {
    compressed += entry.compressedSize;
    inflated += entry.size;
    const ratio = entry.size / Math.max(1, entry.compressedSize);
    if (entry.size > limits.ratioFromBytes && ratio > limits.ratio) {
      throw new SpreadsheetError('zip_bomb');
    }
  }
  // Parts that share their bytes are how a small file declares petabytes.
  if (compressed > fileSize || inflated > limits.inflatedBytes) {
    throw new SpreadsheetError('zip_bomb');
  }
}

/**
 * A part's bytes, inflated piece by piece. Stops with `zip_bomb` as soon as there are more than the
 * directory declared (which `readZipDirectory` has bounded), with `damaged` when there are fewer or
 * the checksum differs.
 */
export async function* inflateEntry(reader: ByteReader, entry: ZipEntry): AsyncGenerator<Buffer> {
  let size = 0;
  let checksum = 0;
  for await (const piece of rawPieces(reader, entry)) {
    size += piece.length;
    if (size > entry.size) throw new SpreadsheetError('zip_bomb');
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== entry.size || checksum !== entry.crc) throw new SpreadsheetError('damaged');
}

async function* rawPieces(reader: ByteReader, entry: ZipEntry): AsyncGenerator<Buffer> {
  const header = reader.read(entry.headerOffset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== HEADER_SIGNATURE) {
    throw new SpreadsheetError('damaged');
  }
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const pieces = readPieces(reader, start, start + entry.compressedSize);
  if (entry.method === STORED) return yield* pieces;
  if (entry.method !== DEFLATED) throw new SpreadsheetError('unsupported');
  // The pipeline's callback only keeps a failure from being unhandled: the loop below sees it too.
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  pipeline(Readable.from(pieces), inflate, () => undefined);
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } catch (error) {
    if (error instanceof SpreadsheetError) throw error;
    throw new SpreadsheetError('damaged');
  }
}
