import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The signature of a message between machines as Standard Webhooks has it: HMAC-SHA256 over
 * `id.timestamp.body`, base64, behind its version (https://github.com/standard-webhooks/standard-webhooks, spec).
 * @param timestamp Unix seconds
 */
export function signDelivery(
  secret: Uint8Array,
  id: string,
  timestamp: number,
  body: string | Uint8Array,
): string {
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body);
  return `v1,${mac.digest('base64')}`;
}

/** The key within a secret as people hand it over: `whsec_` and 24 to 64 bytes in base64; undefined if it is none. */
export function readSecret(text: string): Buffer | undefined {
  if (!/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/.test(text)) return undefined;
  return Buffer.from(text.slice('whsec_'.length), 'base64');
}

/** How far the clock of whoever signed may be from ours, seconds: the five minutes of the standard's libraries. */
const toleranceSeconds = 300;

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Whether a body came with a signature of this secret, made within five minutes of `nowMs`. A sender that is
 * changing its secret may send several signatures with spaces between.
 */
export function isSigned(
  secret: Uint8Array,
  headers: Headers,
  body: Uint8Array,
  nowMs: number,
): boolean {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => {
    const value = headers[`webhook-${name}`];
    return typeof value === 'string' ? value : '';
  }) as [string, string, string];
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const own = Buffer.from(signDelivery(secret, id, Number(timestamp), body));
  return signatures.split(' ').some((given) => {
    const said = Buffer.from(given);
    return said.length === own.length && timingSafeEqual(said, own);
  });
}
