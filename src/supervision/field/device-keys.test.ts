import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Caller,
  publicUrl,
  type TestHouse,
  testHouse,
  testKeyring,
} from '../../../test/house.ts';
import { jobHandlers, schedule } from '../../app.ts';
import { keyringOf, makeKey } from '../../platform/keyring.ts';
import { outboxSms } from '../../platform/sms.ts';
import { silentLog } from '../../platform/telemetry.ts';
import { openKey, resealPhones } from './device-keys.ts';

let house: TestHouse;
let inspector: Caller;
const id = randomUUID();
const key = randomBytes(32);
const zeros = Buffer.alloc(32);

beforeAll(async () => {
  house = await testHouse();
  inspector = await house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

const enrol = (dataKey: Buffer) =>
  inspector.post('/api/field-devices', {
    ...{ id, label: 'A phone', dataKey: dataKey.toString('base64url') },
  });
const row = () =>
  house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('field_devices')
      .select(['data_key as dataKey', 'sealed_key as sealedKey'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );
/** As the version before keeps a key: in clear, and whatever was sealed stays beside it. */
const writeAsBefore = (dataKey: Buffer, more: { sealed_key?: null } = {}) =>
  house.database.migratorTransaction((tx) =>
    tx
      .updateTable('field_devices')
      .set({ data_key: dataKey, ...more })
      .where('id', '=', id)
      .execute(),
  );
const told = async () => {
  const { dataKey } = (await inspector.get(`/api/field-devices/key?device=${id}`)).body;
  return Buffer.from(dataKey, 'base64url');
};

test('the database holds a phone’s key sealed, and its owner gets it', async () => {
  expect((await enrol(key)).status).toBe(200);
  const kept = await row();
  expect(kept.dataKey).toEqual(zeros);
  expect(kept.sealedKey?.includes(key)).toBe(false);
  expect(openKey(testKeyring, kept)).toEqual(key);
  expect(() => openKey(keyringOf([makeKey()]), kept)).toThrow(/key that this house/);
  expect(await told()).toEqual(key);
});

test('a key of before is sealed when it is next asked for, and by the clock', async () => {
  await writeAsBefore(key, { sealed_key: null });
  expect(await told()).toEqual(key);
  expect((await row()).dataKey).toEqual(zeros);
  await writeAsBefore(key, { sealed_key: null });
  const outside = { sms: outboxSms, files: house.files, publicUrl, keyring: testKeyring };
  const around = { database: house.database, clock: house.clock, log: silentLog };
  expect(schedule.map(({ name }) => name)).toContain('supervision.sealKeys');
  await jobHandlers(outside)['supervision.sealKeys']?.({}, around);
  const sealed = await row();
  expect([sealed.dataKey, openKey(testKeyring, sealed)]).toEqual([zeros, key]);
  expect(await resealPhones(house.database, testKeyring)).toBe(0);
});

test('a key that the version before gave anew beside a sealed one is the one that holds', async () => {
  const anew = randomBytes(32);
  await writeAsBefore(anew);
  expect(await told()).toEqual(anew);
  expect(openKey(testKeyring, await row())).toEqual(anew);
});

test('rotating leaves nothing under the old key, and a revoked phone has none', async () => {
  const [old, fresh] = [makeKey(), makeKey()];
  await writeAsBefore(key, { sealed_key: null });
  expect(await resealPhones(house.database, keyringOf([old]))).toBe(1);
  expect(await resealPhones(house.database, keyringOf([fresh, old]))).toBe(1);
  expect(await resealPhones(house.database, keyringOf([fresh, old]))).toBe(0);
  expect(openKey(keyringOf([fresh]), await row())).toEqual(key);
  await inspector.post('/api/field-devices/revoke', { id, reason: 'Lost' });
  expect(await row()).toEqual({ dataKey: null, sealedKey: null });
  expect(await resealPhones(house.database, keyringOf([makeKey()]))).toBe(0);
});
