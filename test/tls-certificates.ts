import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, as a TLS end reads them (PEM). */
export type Certified = { readonly cert: string; readonly key: string };

/** DER: a tag, a length, and what is in it. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const hex = body.length.toString(16);
  const long = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const length = body.length < 128 ? [body.length] : [0x80 + long.length, ...long];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (text: string) =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
const time = (iso: string) => der(0x18, Buffer.from(`${iso.replaceAll(/\D/g, '')}Z`));
const isAuthority = sequence(
  oid('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);
/** The address 127.0.0.1 as an alternative name. */
const onLoopback = sequence(
  oid('551d11'),
  der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))),
);

type Signer = { readonly name: string; readonly privateKey: KeyObject };

function certify(name: string, signer: Signer | undefined, extension: Buffer) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const by = signer ?? { name, privateKey };
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(by.name),
    sequence(time('2020-01-01 00:00:00'), time('2120-01-01 00:00:00')),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', body, by.privateKey);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  const cert = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { cert, key, name, privateKey };
}

/** An authority of its own, made on the spot: its certificate, and whom it certifies for this machine. */
export function authority(name: string): {
  readonly cert: string;
  readonly certify: (whom: string) => Certified;
} {
  const root = certify(name, undefined, isAuthority);
  return { cert: root.cert, certify: (whom) => certify(whom, root, onLoopback) };
}
