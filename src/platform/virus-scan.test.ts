import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { clamavScan, openVirusScan } from './virus-scan.ts';

let server: Server | undefined;
afterEach(
  () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())),
);

/** A stand-in for clamd over real TCP: reads INSTREAM whole, then says what `reply` makes of the file. */
async function clamd(reply: (file: Buffer) => string | undefined): Promise<number> {
  server = createServer((socket) => {
    let seen = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      seen = Buffer.concat([seen, piece]);
      const file = wholeOf(seen);
      if (!file) return;
      const said = reply(file);
      if (said === undefined) socket.destroy();
      else socket.end(`${said}\0`);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function wholeOf(seen: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  let at = 'zINSTREAM\0'.length;
  while (at + 4 <= seen.length) {
    const length = seen.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(seen.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

const judge = (file: Buffer) =>
  file.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';

test.for([
  [Buffer.alloc(300_000, 7), true],
  [Buffer.concat([Buffer.alloc(200_000), Buffer.from('EICAR')]), false],
] as const)('a file is clean or not, whole', async ([bytes, clean]) => {
  const scan = clamavScan({ host: '127.0.0.1', port: await clamd(judge) });
  expect(await scan.isClean(bytes)).toBe(clean);
});

test.for([['INSTREAM size limit exceeded. ERROR'], [undefined], ['']] as const)(
  'an answer of «%s» is none',
  async ([said]) => {
    const scan = clamavScan({ host: '127.0.0.1', port: await clamd(() => said) });
    await expect(scan.isClean(Buffer.from('a'))).rejects.toThrow(Error);
  },
);

test('nobody there is no answer', async () => {
  const port = await clamd(judge);
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
  await expect(clamavScan({ host: '127.0.0.1', port }).isClean(Buffer.from('a'))).rejects.toThrow();
});

test('without a configured daemon nobody scans', () => {
  expect(openVirusScan({ clamav: undefined })).toBeUndefined();
});
