import { createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import type { Keyring } from './keyring.ts';

/** What a sealed file begins with; older files have no such beginning and are what they are. */
const magic = Buffer.from('KHF1', 'latin1');
const nonceLength = 12;
const tagLength = 16;
/** Magic, length of the sealed key, sealed key (68 bytes), nonce. */
const sealedKeyLength = 8 + 12 + 16 + 32;
const headLength = magic.length + 2 + sealedKeyLength + nonceLength;

const purposeOf = (name: string) => `file ${name}`;

function headOf(keyring: Keyring, name: string, key: Buffer, nonce: Buffer): Buffer {
  const sealed = keyring.seal(purposeOf(name), key);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealed.length);
  return Buffer.concat([magic, length, sealed, nonce]);
}

function readHead(keyring: Keyring, name: string, head: Buffer): { key: Buffer; nonce: Buffer } {
  const from = magic.length + 2;
  const key = keyring.open(purposeOf(name), head.subarray(from, from + sealedKeyLength));
  return { key, nonce: head.subarray(from + sealedKeyLength, headLength) };
}

/** Whether the newest key of the ring sealed a file that begins so; false for one that was never sealed. */
export function isSealedNewly(keyring: Keyring, beginning: Buffer): boolean {
  if (!beginning.subarray(0, magic.length).equals(magic)) return false;
  return keyring.isCurrent(beginning.subarray(magic.length + 2));
}

/**
 * Seals a stream under a key of its own, which is sealed with the house's and stands in front: head, bytes,
 * tag (AES-256-GCM). The name is bound in, so one file can't stand in another's place.
 */
export function sealStream(keyring: Keyring, name: string): Transform {
  const key = randomBytes(32);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  let head: Buffer | undefined = headOf(keyring, name, key, nonce);
  const takeHead = (): Buffer => {
    const first = head ?? Buffer.alloc(0);
    head = undefined;
    return first;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.concat([takeHead(), cipher.update(chunk)]));
    },
    flush(done) {
      done(null, Buffer.concat([takeHead(), cipher.final(), cipher.getAuthTag()]));
    },
  });
}

/** Opens what {@link sealStream} sealed, and passes on what never was sealed. A changed file ends in an error. */
export function openStream(keyring: Keyring, name: string): Transform {
  return new OpeningStream(keyring, name);
}

const cutShort = 'A kept file has been cut short.';

/** What a piece of work gives, or how it failed. */
function answer(done: TransformCallback, work: () => Buffer | undefined): void {
  let bytes: Buffer | undefined;
  try {
    bytes = work();
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, bytes);
}

class OpeningStream extends Transform {
  readonly #keyring: Keyring;
  readonly #name: string;
  #held: Buffer = Buffer.alloc(0);
  #decipher: DecipherGCM | undefined;
  #plain = false;
  constructor(keyring: Keyring, name: string) {
    super();
    this.#keyring = keyring;
    this.#name = name;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    answer(done, () => {
      this.#held = Buffer.concat([this.#held, chunk]);
      if (!this.#begin(false)) return undefined;
      // The last bytes may be the tag: they are held back until the end.
      return this.#plain ? this.#take(0) : this.#decipher?.update(this.#take(tagLength));
    });
  }

  override _flush(done: TransformCallback): void {
    answer(done, () => {
      this.#begin(true);
      if (this.#plain || !this.#decipher) return this.#held;
      if (this.#held.length !== tagLength) throw new Error(cutShort);
      this.#decipher.setAuthTag(this.#held);
      return this.#decipher.final();
    });
  }

  /** Knows what kind of file it is once enough of it has come. */
  #begin(ended: boolean): boolean {
    if (this.#plain || this.#decipher) return true;
    const start = this.#held.subarray(0, magic.length);
    const sealed = start.equals(magic);
    if (!sealed && (start.length === magic.length || ended)) {
      this.#plain = true;
      return true;
    }
    if (this.#held.length < headLength) {
      if (ended && sealed) throw new Error(cutShort);
      return false;
    }
    const { key, nonce } = readHead(this.#keyring, this.#name, this.#held.subarray(0, headLength));
    this.#decipher = createDecipheriv('aes-256-gcm', key, nonce);
    this.#held = this.#held.subarray(headLength);
    return true;
  }

  /** What is held, but for so many bytes at its end. */
  #take(keep: number): Buffer {
    const at = Math.max(0, this.#held.length - keep);
    const bytes = this.#held.subarray(0, at);
    this.#held = this.#held.subarray(at);
    return bytes;
  }
}

/** All bytes of a stream. */
export async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
