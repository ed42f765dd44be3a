import { expect, test } from 'vitest';
import { ConfigError, readConfig, repositoryFolder } from './config.ts';

test('nothing set gives what `npm start` needs', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: undefined,
    appDatabaseUrl: undefined,
    dataFolder: `${repositoryFolder}/.data`,
    logLevel: 'info',
    drainSeconds: 0,
    publicUrl: 'http://localhost:8080',
    s3: undefined,
    smsGateway: undefined,
  });
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: '' })).toEqual(readConfig({}));
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '8080.5'],
  ['LOG_LEVEL', 'loud'],
  ['DRAIN_SECONDS', 'soon'],
  ['PUBLIC_URL', 'example.org'],
  ['PUBLIC_URL', 'ftp://example.org'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['S3_ENDPOINT', 'minio:9000'],
])('%s=%s is refused by name', (name, value) => {
  const read = () => readConfig({ S3_BUCKET: 'files', [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`^${name}: `));
});

test('a password in a bad DATABASE_URL is not repeated', () => {
  expect(() => readConfig({ DATABASE_URL: 'pg://u:secret@h/d' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('secret') }),
  );
});

test('a secret that is none is refused and not repeated', () => {
  const good = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  expect(readConfig({ SMS_INBOUND_SECRET: good }).inboundSecret).toEqual(Buffer.alloc(32, 7));
  expect(readConfig({}).inboundSecret).toBeUndefined();
  expect(() => readConfig({ SMS_INBOUND_SECRET: 'whsec_weak' })).toThrow(
    /^SMS_INBOUND_SECRET: must be whsec_ and (?!.*weak)/,
  );
});

test('storage and gateway take all of their variables or none', () => {
  expect(() => readConfig({ S3_BUCKET: 'files' })).toThrow(/S3_ACCESS_KEY_ID/);
  expect(() => readConfig({ SMS_GATEWAY_URL: 'https://sms.example' })).toThrow(/SMS_GATEWAY_TOKEN/);
  const s3 = { S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' };
  expect(readConfig(s3).s3).toEqual({
    bucket: 'files',
    region: 'us-east-1',
    endpoint: undefined,
    accessKeyId: 'k',
    secretAccessKey: 's',
  });
});
