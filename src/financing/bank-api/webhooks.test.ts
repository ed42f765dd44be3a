import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBankClient } from '../../../test/bank-client.ts';
import { publicUrl, type TestHouse, testHouse, testKeyring } from '../../../test/house.ts';
import { jobHandlers } from '../../app.ts';
import { keyringOf, makeKey } from '../../platform/keyring.ts';
import { outboxSms } from '../../platform/sms.ts';
import { silentLog } from '../../platform/telemetry.ts';
import { resealWebhooks, secretOf } from './webhooks.ts';

let house: TestHouse;
const key = randomBytes(32);
beforeAll(async () => {
  house = await testHouse();
  const client = await openBankClient(house, { bankId: 'MELLAT' });
  const secret = `whsec_${key.toString('base64')}`;
  const body = { url: 'https://bank.example/news', secret };
  expect((await client.put('/api/bank/v1/webhook', body)).status).toBe(200);
});
afterAll(() => house.close());

const row = () =>
  house.database.migratorTransaction((tx) =>
    tx.selectFrom('bank_webhooks').selectAll().executeTakeFirstOrThrow(),
  );

test('the database holds no secret in clear, in whatever table', async () => {
  const kept = await row();
  expect(kept.secret).toBeNull();
  expect(kept.sealed_secret?.includes(key)).toBe(false);
  expect(secretOf(testKeyring, kept)).toEqual(key);
  expect(() => secretOf(keyringOf([makeKey()]), kept)).toThrow(/key that this house/);
  const { rows } = await house.database.pools.migrator.query(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const marks = [key.toString('hex'), key.toString('base64')];
  for (const { name } of rows) {
    const whole = await house.database.pools.migrator.query(
      `select t::text as row from "${name}" t`,
    );
    const text = whole.rows.map((one) => one.row).join('\n');
    for (const mark of marks) expect([name, text.includes(mark)]).toEqual([name, false]);
  }
});

test('what came in before is sealed by the clock, and a new key seals it anew', async () => {
  await house.database.migratorTransaction((tx) =>
    tx.updateTable('bank_webhooks').set({ secret: key, sealed_secret: null }).execute(),
  );
  const outside = { sms: outboxSms, files: house.files, publicUrl, keyring: testKeyring };
  const around = { database: house.database, clock: house.clock, log: silentLog };
  await jobHandlers(outside)['financing.sealSecrets']?.({}, around);
  const sealed = await row();
  expect([sealed.secret, secretOf(testKeyring, sealed)]).toEqual([null, key]);
  expect(await resealWebhooks(house.database, testKeyring)).toBe(0);
});

test('rotating leaves nothing under the old key', async () => {
  const [old, fresh] = [makeKey(), makeKey()];
  await house.database.migratorTransaction((tx) =>
    tx.updateTable('bank_webhooks').set({ secret: key, sealed_secret: null }).execute(),
  );
  expect(await resealWebhooks(house.database, keyringOf([old]))).toBe(1);
  expect(await resealWebhooks(house.database, keyringOf([fresh, old]))).toBe(1);
  expect(await resealWebhooks(house.database, keyringOf([fresh, old]))).toBe(0);
  expect(secretOf(keyringOf([fresh]), await row())).toEqual(key);
});
