import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunk, jpegBytes, pdfBytes, pngBytes } from '../../test/picture-bytes.ts';
import { inspectContent } from './document-content.ts';

const zip = Buffer.from('PK\x03\x04 a zip with a page <script>alert(1)</script>', 'latin1');
const page = Buffer.from('<html><script>alert(1)</script></html>');

describe('a file is what its content says', () => {
  test.for([
    ['image/png', pngBytes()],
    ['image/jpeg', jpegBytes()],
    ['application/pdf', pdfBytes()],
  ] as const)('%s', async ([type, bytes]) => {
    expect(await inspectContent(bytes)).toEqual({ type });
  });

  test.for([
    ['a page', page, 'type'],
    ['a zip', zip, 'type'],
    ['nothing', Buffer.alloc(0), 'type'],
    ['a GIF', Buffer.from('GIF89a....'), 'type'],
    ['a picture with a zip behind it', Buffer.concat([jpegBytes(), zip]), 'trailing'],
    ['a PNG with a page behind it', Buffer.concat([pngBytes(), page]), 'trailing'],
    ['a PDF with a page behind it', Buffer.concat([pdfBytes(), page]), 'trailing'],
    ['a PDF in front of which there is something', Buffer.concat([page, pdfBytes()]), 'type'],
    ['a PDF that acts', pdfBytes('/OpenAction << /S /JavaScript /JS (app.alert) >>'), 'active'],
    ['a PDF that hides how it acts', pdfBytes('/Open#41ction 2 0 R'), 'active'],
    ['a PDF with a file in it', pdfBytes('/Names << /EmbeddedFiles 3 0 R >>'), 'active'],
    ['a locked PDF', pdfBytes('/Encrypt 2 0 R'), 'active'],
    ['half a JPEG', jpegBytes().subarray(0, 120), 'damaged'],
    ['half a PNG', pngBytes().subarray(0, 50), 'damaged'],
    ['half a PDF', pdfBytes().subarray(0, 60), 'damaged'],
    ['a JPEG of a marker', Buffer.from([0xff, 0xd8, 0xff]), 'damaged'],
  ] as const)('%s is refused', async ([, bytes, fault]) => {
    expect(await inspectContent(bytes)).toEqual({ fault });
  });

  test('a bit that tipped over in a PNG is noticed', async () => {
    const bytes = pngBytes();
    const at = bytes.indexOf('IDAT') + 8;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(await inspectContent(bytes)).toEqual({ fault: 'damaged' });
  });

  test('a picture that would fill the memory is refused before it does', async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(60_000, 0);
    header.writeUInt32BE(60_000, 4);
    header[8] = 8;
    const parts = [pngBytes().subarray(0, 8), chunk('IHDR', header), chunk('IEND', zip)];
    expect(await inspectContent(Buffer.concat(parts))).toEqual({ fault: 'damaged' });
  });

  test('what unpacks to more than the picture that it says it is, is never held', async () => {
    const bomb = deflateSync(Buffer.alloc(200_000_000));
    const bytes = pngBytes();
    const packed = Buffer.concat([bytes.subarray(0, 33), chunk('IDAT', bomb), bytes.subarray(-12)]);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 1);
    expect(await inspectContent(packed)).toEqual({ fault: 'damaged' });
    clearInterval(watch);
    expect(most).toBeLessThan(50_000_000);
    const whole = await inspectContent(pngBytes(4_000, 4_000));
    expect(whole).toEqual({ type: 'image/png' });
  });

  test('no bytes break it, and no cut of a file passes', async () => {
    const whole = [pngBytes(40, 40), jpegBytes(500), pdfBytes()];
    for (const bytes of whole) {
      for (let end = 0; end < bytes.length - 7; end += 3) {
        expect(await inspectContent(bytes.subarray(0, end))).toHaveProperty('fault');
      }
    }
    const noises = fc.uint8Array({ maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), noises, async (start, noise) => {
        await inspectContent(Buffer.concat([start.subarray(0, 30), noise]));
      }),
    );
  });
});
