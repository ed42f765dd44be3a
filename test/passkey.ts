import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** CBOR (RFC 8949) of what a passkey has to say: numbers, bytes, texts and maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, size: number): Buffer => {
    if (size < 24) return Buffer.from([(major << 5) | size]);
    if (size < 256) return Buffer.from([(major << 5) | 24, size]);
    return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') {
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value as object);
  const parts = entries.flatMap(([key, one]) => [cbor(key), cbor(one)]);
  return Buffer.concat([head(5, entries.length), ...parts]);
}

type Options = Readonly<Record<string, unknown>>;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** A public key as RFC 9053 writes it: an elliptic curve's point, ES256. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const key = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
  return cbor(key);
}

/** What is sent back, whatever was asked. */
const shape = (id: Buffer, response: object) => ({
  ...{ id: base64(id), rawId: base64(id), type: 'public-key' },
  ...{ response, clientExtensionResults: {} },
});

/** What a browser says of who asks, and for what. */
const said = (origin: string, type: string, challenge: unknown) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

/** The site, the flags, the count and, of a new passkey, its key (WebAuthn, 6.1). */
function authenticatorData(
  rpId: string,
  flags: number,
  count: number,
  more: Buffer = Buffer.alloc(0),
) {
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(count);
  const hash = createHash('sha256').update(rpId).digest();
  return Buffer.concat([hash, Buffer.from([flags]), counted, more]);
}

/** A passkey as a phone holds one (ES256, no attestation), for one site and one account. */
export function softPasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let count = 0;
  let userHandle = '';
  const data = (rpId: string, flags: number, more?: Buffer) => {
    count += 1;
    return authenticatorData(rpId, flags, count, more);
  };
  return {
    /** What `navigator.credentials.create` would give. */
    create(options: Options) {
      userHandle = (options.user as { id: string }).id;
      const size = Buffer.from([0, id.length]);
      const credential = Buffer.concat([Buffer.alloc(16), size, id, coseKey(publicKey)]);
      const authData = data((options.rp as { id: string }).id, 0x45, credential);
      const attestation = cbor({ fmt: 'none', attStmt: {}, authData });
      const response = {
        clientDataJSON: base64(said(origin, 'webauthn.create', options.challenge)),
        attestationObject: base64(attestation),
        transports: ['internal'],
      };
      return shape(id, response);
    },
    /** What `navigator.credentials.get` would give; `verified` = with a fingerprint or PIN. */
    get(options: Options, verified = true) {
      const client = said(origin, 'webauthn.get', options.challenge);
      const authData = data(String(options.rpId), verified ? 0x05 : 0x01);
      const hash = createHash('sha256').update(client).digest();
      const signature = sign('sha256', Buffer.concat([authData, hash]), privateKey);
      const response = {
        clientDataJSON: base64(client),
        authenticatorData: base64(authData),
        signature: base64(signature),
        userHandle,
      };
      return shape(id, response);
    },
  };
}
