import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';

/** One key of the house: 256 random bits under a short name. */
type Key = { readonly id: string; readonly bytes: Buffer };

/**
 * The house's keys. What is sealed carries the name of its key, so a new key can be put in front while the
 * old ones still open what they sealed. Without the keys, what was sealed is lost: they belong in the backup.
 */
export interface Keyring {
  /** Seals bytes for one purpose (AES-256-GCM); what is sealed for one opens for no other. */
  seal(purpose: string, bytes: Uint8Array): Buffer;
  /** Opens what was sealed. @throws Error when it was sealed by no key of ours, or changed since */
  open(purpose: string, sealed: Uint8Array): Buffer;
  /** A keyed digest by each key, the newest first, for looking up what must not be guessed from a copy. */
  digests(purpose: string, text: string): Buffer[];
  /** Whether the newest key sealed it. */
  isCurrent(sealed: Uint8Array): boolean;
}

const idLength = 8;
const nonceLength = 12;
const tagLength = 16;

/** A ring of keys, the one in use first. RangeError when it is empty or a key is not 32 bytes. */
export function keyringOf(keys: readonly Key[]): Keyring {
  const [current] = keys;
  if (!current) throw new RangeError('A keyring needs a key.');
  for (const { id, bytes } of keys) {
    if (bytes.length !== 32) throw new RangeError('A key has 32 bytes.');
    if (!/^[0-9a-f]{8}$/.test(id))
      throw new RangeError('A key is called by eight hexadecimal digits.');
  }
  const idOf = (sealed: Uint8Array) => Buffer.from(sealed.subarray(0, idLength)).toString('latin1');
  return {
    seal(purpose, bytes) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce);
      cipher.setAAD(Buffer.from(`${current.id} ${purpose}`));
      const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([Buffer.from(current.id, 'latin1'), nonce, cipher.getAuthTag(), body]);
    },
    open(purpose, sealed) {
      const id = idOf(sealed);
      const key = keys.find((one) => one.id === id);
      if (!key) throw new Error('It was sealed with a key that this house does not have.');
      const from = Buffer.from(sealed);
      const tagAt = idLength + nonceLength;
      const nonce = from.subarray(idLength, tagAt);
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce);
      decipher.setAAD(Buffer.from(`${id} ${purpose}`));
      decipher.setAuthTag(from.subarray(tagAt, tagAt + tagLength));
      return Buffer.concat([decipher.update(from.subarray(tagAt + tagLength)), decipher.final()]);
    },
    digests: (purpose, text) =>
      keys.map(({ bytes }) => createHmac('sha256', bytes).update(`${purpose} ${text}`).digest()),
    isCurrent: (sealed) => idOf(sealed) === current.id,
  };
}

/** A fresh key under a random name. */
export function makeKey(): Key {
  return { id: randomBytes(4).toString('hex'), bytes: randomBytes(32) };
}

/** `id:base64` between commas, the one in use first, as ENCRYPTION_KEYS and the file hold them. */
function parseKeys(text: string): Key[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => {
      const [id = '', encoded = ''] = word.split(':');
      return { id, bytes: Buffer.from(encoded, 'base64') };
    });
}

function writeKeys(keys: readonly Key[]): string {
  return `${keys.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}`).join('\n')}\n`;
}

const fileOf = (dataFolder: string) => join(dataFolder, 'keys');

/**
 * The keys that ENCRYPTION_KEYS names, or those in the data folder's file `keys` (mode 0600), which is made
 * with one key when there is none.
 * @throws ConfigError when ENCRYPTION_KEYS cannot be read
 */
export async function openKeyring(
  config: Pick<Config, 'encryptionKeys' | 'dataFolder'>,
): Promise<Keyring> {
  if (config.encryptionKeys !== undefined) return fromEnvironment(config.encryptionKeys);
  const file = fileOf(config.dataFolder);
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found !== undefined) return keyringOf(parseKeys(found));
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  // Two processes may begin together: the first file stands, and both read that one.
  await writeFile(file, writeKeys([makeKey()]), { mode: 0o600, flag: 'wx' }).catch((error) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  });
  return keyringOf(parseKeys(await readFile(file, 'utf8')));
}

function fromEnvironment(text: string): Keyring {
  try {
    return keyringOf(parseKeys(text));
  } catch {
    throw new ConfigError(
      'ENCRYPTION_KEYS',
      'must be eight hexadecimal digits, a colon and 32 bytes in base64, the key in use first',
    );
  }
}

/**
 * Puts a new key in front of those in the data folder.
 * @throws ConfigError when the keys are the environment's to change
 */
export async function addKey(
  config: Pick<Config, 'encryptionKeys' | 'dataFolder'>,
): Promise<Keyring> {
  if (config.encryptionKeys !== undefined) {
    throw new ConfigError('ENCRYPTION_KEYS', 'holds the keys: put a new one in front of it there');
  }
  await openKeyring(config);
  const file = fileOf(config.dataFolder);
  const keys = [makeKey(), ...parseKeys(await readFile(file, 'utf8'))];
  await replaceKeys(file, keys);
  return keyringOf(keys);
}

/** What a backup does with the house's keys. */
export type KeptKeys = {
  /** All keys as text, the one in use first. */
  readonly read: () => Promise<string>;
  /** Whether keys of elsewhere can be kept here. @throws ConfigError when the environment lacks one of them */
  readonly check: (text: string) => void;
  /** Keeps keys of elsewhere behind those that are here: what they sealed opens, nothing more is sealed with them. */
  readonly adopt: (text: string) => Promise<void>;
};

/** The keys that ENCRYPTION_KEYS or the data folder's file `keys` holds. */
export function keptKeys(config: Pick<Config, 'encryptionKeys' | 'dataFolder'>): KeptKeys {
  const file = fileOf(config.dataFolder);
  const read = async () => {
    await openKeyring(config);
    return config.encryptionKeys ?? (await readFile(file, 'utf8'));
  };
  const missing = (own: string, text: string) => {
    const known = new Set(parseKeys(own).map(({ id }) => id));
    return parseKeys(text).filter(({ id }) => !known.has(id));
  };
  return {
    read,
    check(text) {
      keyringOf(parseKeys(text));
      if (config.encryptionKeys === undefined) return;
      const lacking = missing(config.encryptionKeys, text).map(({ id }) => id);
      if (lacking.length === 0) return;
      throw new ConfigError(
        'ENCRYPTION_KEYS',
        `lacks ${lacking.join(', ')}, with which this was sealed: put them behind your own`,
      );
    },
    async adopt(text) {
      if (config.encryptionKeys !== undefined) return;
      const own = await read();
      const keys = [...parseKeys(own), ...missing(own, text)];
      await replaceKeys(file, keys);
    },
  };
}

async function replaceKeys(file: string, keys: readonly Key[]): Promise<void> {
  await writeFile(`${file}.new`, writeKeys(keys), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
