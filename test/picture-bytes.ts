import { crc32, deflateSync } from 'node:zlib';

/** A valid PNG of one grey, made byte by byte. */
export function pngBytes(width = 8, height = 8): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One chunk of a PNG with its checksum. */
export function chunk(name: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** The frame of a JPEG (one component, 8×8) around `scan` bytes of coded data. */
export function jpegBytes(scan = 200): Buffer {
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0];
  const start = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
  const coded = Buffer.alloc(scan, 0x2a);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
    Buffer.from(frame),
    Buffer.from(start),
    coded,
    Buffer.from([0xff, 0, 0x11, 0xff, 0xd0, 0x22, 0xff, 0xd9]),
  ]);
}

/** A small PDF with its table in place; `more` goes into the catalogue. */
export function pdfBytes(more = ''): Buffer {
  const head = `%PDF-1.4\n1 0 obj\n<< /Type /Catalog ${more} >>\nendobj\n`;
  const table = `xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n`;
  const tail = `trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n${head.length}\n%%EOF\n`;
  return Buffer.from(head + table + tail, 'latin1');
}
