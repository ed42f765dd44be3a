/**
 * What a phone keeps is sealed with a key of its own (AES-GCM, 256 bits). The key lies on the phone only
 * wrapped by what is stretched from the PIN, and with the server for its owner alone.
 */

/** Rounds of PBKDF2 with SHA-256, as OWASP asks for (2023). */
const rounds = 600_000;
const aes = 'AES-GCM';

/** Bytes that are sealed: the nonce and what it seals. */
export type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly bytes: ArrayBuffer };

/** The data key as the PIN opens it. */
export type Wrapped = Sealed & { readonly salt: Uint8Array<ArrayBuffer>; readonly rounds: number };

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Whether this browser can seal anything: over plain HTTP it cannot. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined;

/** A new data key, 32 bytes. */
export const newDataKey = (): Uint8Array<ArrayBuffer> => random(32);

/** Bytes as base64url, as the server takes a data key. */
export function toBase64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of base64url. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/** The key that seals and opens; it cannot be read out again. */
export function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, aes, false, ['encrypt', 'decrypt']);
}

async function stretch(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number) {
  const bytes = new TextEncoder().encode(pin);
  const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const of = { name: aes, length: 256 };
  return crypto.subtle.deriveKey(how, base, of, false, ['encrypt', 'decrypt']);
}

/** Wraps a data key with a PIN. */
export async function wrapKey(dataKey: Uint8Array<ArrayBuffer>, pin: string): Promise<Wrapped> {
  const salt = random(16);
  const sealed = await seal(await stretch(pin, salt, rounds), 'key', dataKey);
  return { ...sealed, salt, rounds };
}

/** The data key that a PIN opens; undefined when it is another PIN. */
export async function unwrapKey(
  wrapped: Wrapped,
  pin: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const key = await stretch(pin, wrapped.salt, wrapped.rounds);
  try {
    return new Uint8Array(await open(key, 'key', wrapped));
  } catch (error) {
    if ((error as Error).name === 'OperationError') return undefined;
    throw error;
  }
}

/** Seals bytes for one place; opened at another place they fail. */
export async function seal(
  key: CryptoKey,
  place: string,
  bytes: Uint8Array<ArrayBuffer> | ArrayBuffer,
): Promise<Sealed> {
  const iv = random(12);
  const additionalData = new TextEncoder().encode(place);
  const how = { name: aes, iv, additionalData };
  return { iv, bytes: await crypto.subtle.encrypt(how, key, bytes) };
}

/** Opens what was sealed for a place. */
export function open(key: CryptoKey, place: string, { iv, bytes }: Sealed): Promise<ArrayBuffer> {
  const additionalData = new TextEncoder().encode(place);
  return crypto.subtle.decrypt({ name: aes, iv, additionalData }, key, bytes);
}

/** Seals anything that JSON can hold. */
export function sealJson(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  return seal(key, place, new TextEncoder().encode(JSON.stringify(value)));
}

/** Opens what {@link sealJson} sealed. */
export async function openJson<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await open(key, place, sealed)));
}

/** SHA-256 in hex. */
export async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
