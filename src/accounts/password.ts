import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** argon2id with OWASP's second recommended setting (Password Storage Cheat Sheet): 19 MiB, t=2, p=1. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;
const derive = promisify(argon2);

/** Hashes a password or a one-time code into a PHC string. */
export async function hashSecret(secret: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...cost, tagLength, nonce, message: secret });
  const { memory, passes, parallelism } = cost;
  const settings = `m=${memory},t=${passes},p=${parallelism}`;
  return `$argon2id$v=19$${settings}$${encode(nonce)}$${encode(tag)}`;
}

/** Whether `secret` is the one that was hashed; false for a hash that cannot be read. */
export async function matchesSecret(secret: string, hash: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
  if (!match) return false;
  const [, memory, passes, parallelism, nonce = '', tag = ''] = match;
  const expected = Buffer.from(tag, 'base64');
  const found = await derive('argon2id', {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
    nonce: Buffer.from(nonce, 'base64'),
    message: secret,
  });
  return timingSafeEqual(found, expected);
}

/** A hash of nothing anyone knows: checked when the name is unknown, so that both take as long. */
export const decoyHash: Promise<string> = hashSecret(randomBytes(24).toString('base64'));

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
