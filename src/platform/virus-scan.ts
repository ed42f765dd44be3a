import { connect } from 'node:net';
import type { ClamavConfig, Config } from './config.ts';

/** Looks into a file for something that would harm whoever opens it. */
export interface VirusScan {
  /** Whether the file is clean; rejects when nobody looked, and is then asked again. */
  isClean(bytes: Uint8Array): Promise<boolean>;
}

/** The daemon that the configuration names; undefined where there is none. */
export function openVirusScan(config: Pick<Config, 'clamav'>): VirusScan | undefined {
  return config.clamav ? clamavScan(config.clamav) : undefined;
}

/** Bytes in one chunk of INSTREAM. */
const chunkBytes = 64 * 1024;

/** ClamAV's daemon over TCP (clamd(8), INSTREAM: chunks after their lengths, then a length of zero). */
export function clamavScan({ host, port }: ClamavConfig, timeoutMs = 30_000): VirusScan {
  return {
    async isClean(bytes) {
      const reply = await ask(host, port, bytes, timeoutMs);
      if (reply === 'stream: OK') return true;
      if (reply.startsWith('stream: ') && reply.endsWith(' FOUND')) return false;
      throw new Error(`ClamAV answered «${reply.slice(0, 100)}».`);
    },
  };
}

function ask(host: string, port: number, bytes: Uint8Array, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let reply = '';
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('ClamAV is too slow.')));
    socket.on('error', reject);
    socket.on('data', (piece) => {
      reply += piece.toString('latin1');
    });
    socket.on('close', () => resolve(reply.replaceAll('\0', '').trim()));
    socket.write('zINSTREAM\0');
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const chunk = bytes.subarray(at, at + chunkBytes);
      socket.write(lengthOf(chunk.length));
      socket.write(chunk);
    }
    socket.write(lengthOf(0));
  });
}

function lengthOf(count: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(count);
  return length;
}
