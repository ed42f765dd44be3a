import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import type { StepSealer } from './step-seals.ts';

/** What the house signs its roots with, and seals the steps of its record with; the database holds none of it. */
export interface SigningKey extends StepSealer {
  /** The public half: 32 bytes in base64url. Whoever has it can check a signature. */
  readonly id: string;
  /** An Ed25519 signature of bytes. */
  sign(bytes: Uint8Array): Buffer;
}

/** The keys of one Ed25519 pair. RangeError when it is another kind of key. */
function signingKeyOf(privateKey: KeyObject): SigningKey {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new RangeError('Not an Ed25519 key.');
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' });
  // Seals need no public half: their key is derived, so that there is one secret to keep.
  const secret = Buffer.from(d, 'base64url');
  const sealing = Buffer.from(hkdfSync('sha256', secret, '', 'karkhaneh steps', 32));
  return {
    id: x,
    sign: (bytes) => sign(null, bytes, privateKey),
    mac: macWith(sealing),
  };
}

/**
 * HMAC-SHA-256 by RFC 2104, with the two blocks of the key hashed once: Node's own looks through the key at
 * every call, four fifths of the time of a step's seal.
 * @param key at most 64 bytes
 */
export function macWith(key: Buffer): (text: string) => Buffer {
  const block = Buffer.alloc(64);
  key.copy(block);
  const begun = (pad: number) => createHash('sha256').update(block.map((byte) => byte ^ pad));
  const [inner, outer] = [begun(0x36), begun(0x5c)];
  return (text) => outer.copy().update(inner.copy().update(text).digest()).digest();
}

/** Whether the holder of the key called `id` signed these bytes; false for what is no key at all. */
export function isSignedBy(id: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: id }, format: 'jwk' });
    return verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}

/** A fresh pair. */
export function makeSigningKey(): SigningKey {
  return signingKeyOf(generateKeyPairSync('ed25519').privateKey);
}

const encode = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const decode = (text: string) =>
  createPrivateKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'pkcs8' });

/**
 * The key that SIGNING_KEY holds, or the one in the data folder's file `signing-key` (mode 0600), which is
 * made when there is none.
 * @throws ConfigError when SIGNING_KEY is no Ed25519 key
 */
export async function openSigningKey(
  config: Pick<Config, 'signingKey' | 'dataFolder'>,
): Promise<SigningKey> {
  if (config.signingKey !== undefined) return fromEnvironment(config.signingKey);
  const file = join(config.dataFolder, 'signing-key');
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found !== undefined) return signingKeyOf(decode(found));
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const fresh = `${encode(generateKeyPairSync('ed25519').privateKey)}\n`;
  // Two processes may begin together: the first file stands, and both read that one.
  await writeFile(file, fresh, { mode: 0o600, flag: 'wx' }).catch((error) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  });
  return signingKeyOf(decode(await readFile(file, 'utf8')));
}

function fromEnvironment(text: string): SigningKey {
  try {
    return signingKeyOf(decode(text));
  } catch {
    throw new ConfigError('SIGNING_KEY', 'must be an Ed25519 private key: PKCS #8 DER in base64');
  }
}
