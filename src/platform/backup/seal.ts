import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';

/** Ciphers that only a backup needs. */
const library = () => import('age-encryption');

/**
 * Who can open a backup: whoever knows a passphrase, or holds the secret key of one of the recipients
 * (age1…; the server that makes the backup then cannot open it itself). The format is age's, version 1.
 */
export type Sealing = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** What opens a backup: its passphrase, or a secret key (AGE-SECRET-KEY-1…). */
export type Opening = { readonly passphrase: string } | { readonly identity: string };

/** A backup that cannot be made, opened or believed; the message says why and what to do. */
export class BackupError extends Error {
  readonly code = 'backup_failed';
  override readonly name = 'BackupError';
}

/** Packs (zstd) and seals (age) what is read from `plain` into `target`, and waits until all is written. */
export async function seal(plain: Readable, target: Writable, sealing: Sealing): Promise<void> {
  const { Encrypter } = await library();
  const encrypter = new Encrypter();
  try {
    if ('passphrase' in sealing) encrypter.setPassphrase(sealing.passphrase);
    else for (const recipient of sealing.recipients) encrypter.addRecipient(recipient);
  } catch (error) {
    throw new BackupError(`The key to seal with is not one of age: ${(error as Error).message}`);
  }
  const packed = createZstdCompress();
  const packing = pipeline(plain, packed);
  const sealed = await encrypter.encrypt(Readable.toWeb(packed) as never);
  await Promise.all([packing, pipeline(fromWeb(sealed), target)]);
}

/**
 * What a sealed stream holds, opened and unpacked. A byte that was changed or cut off breaks the stream.
 * @throws BackupError when the key does not open it
 */
export async function unseal(sealed: Readable, opening: Opening): Promise<Readable> {
  const { Decrypter } = await library();
  const decrypter = new Decrypter();
  try {
    if ('passphrase' in opening) decrypter.addPassphrase(opening.passphrase);
    else decrypter.addIdentity(opening.identity.trim());
    const packed = await decrypter.decrypt(Readable.toWeb(sealed) as never);
    const plain = createZstdDecompress();
    pipeline(fromWeb(packed), plain).catch((error) => plain.destroy(error));
    return plain;
  } catch (error) {
    sealed.destroy();
    throw new BackupError(
      `This is no backup, or this key does not open it: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function fromWeb(stream: unknown): Readable {
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>);
}
