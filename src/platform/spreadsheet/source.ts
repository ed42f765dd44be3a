import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Where a spreadsheet's bytes are: a file by its path, or bytes in memory. */
export type SpreadsheetSource = { readonly path: string } | { readonly bytes: Uint8Array };

/** Random access to the bytes of a file, so that a workbook is never whole in memory. */
export interface ByteReader {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** Opens a source. Throws the system's error when the path cannot be read. */
export function openSource(source: SpreadsheetSource): ByteReader {
  return 'path' in source ? openFile(source.path) : openBytes(source.bytes);
}

function openBytes(bytes: Uint8Array): ByteReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read: (offset, length) => buffer.subarray(offset, offset + length),
    close: () => undefined,
  };
}

function openFile(path: string): ByteReader {
  const file = openSync(path, 'r');
  return {
    size: fstatSync(file).size,
    read(offset, length) {
      const buffer = Buffer.allocUnsafe(Math.max(0, length));
      let filled = 0;
      while (filled < buffer.length) {
        const got = readSync(file, buffer, filled, buffer.length - filled, offset + filled);
        if (got === 0) break;
        filled += got;
      }
      return buffer.subarray(0, filled);
    },
    close: () => closeSync(file),
  };
}

const PIECE = 128 * 1024;

/** The bytes from `offset` to `end`, piece by piece. */
export function* readPieces(reader: ByteReader, offset: number, end: number): Generator<Buffer> {
  for (let at = offset; at < end; ) {
    const piece = reader.read(at, Math.min(PIECE, end - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}
