import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signInByCode } from '../../test/applicant.ts';
import { type RegistryServer, startRegistryServer } from '../../test/civil-registry-server.ts';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { silentLog } from '../platform/telemetry.ts';
import { type CivilRegistry, httpCivilRegistry, RegistryUnavailable } from './civil-registry.ts';
import { identityJobs } from './identity.ts';

let server: RegistryServer;
beforeAll(async () => {
  server = await startRegistryServer();
});
afterAll(() => server.close());

const nationalId = generateNationalId('276', 1);
const person = { firstName: 'لیلا', lastName: 'رضایی‌نژاد', birthOn: '1990-05-01' };
const question = { nationalId, ...person };

let now = 0;
let pauses: number[] = [];
const registry = (more: object = {}): CivilRegistry =>
  httpCivilRegistry(server, {
    timeoutMs: 1500,
    pausesMs: [300, 1200],
    now: () => now,
    pause: async (ms) => pauses.push(ms),
    ...more,
  });

beforeEach(() => {
  pauses = [];
  server.moods.length = 0;
  server.asked.length = 0;
  server.people.clear();
  server.people.set(nationalId, person);
});

describe('a register over HTTP', () => {
  test.for([
    ['the same', {}, 'confirmed'],
    ['the same in Arabic letters, without ZWNJ', { lastName: 'رضايي نژاد' }, 'confirmed'],
    ['another name', { firstName: 'مریم' }, 'differs'],
    ['another birth date', { birthOn: '1990-05-02' }, 'differs'],
    ['a number that it does not hold', { nationalId: generateNationalId('276', 2) }, 'differs'],
  ] as const)('answers about %s', async ([, more, verdict]) => {
    expect(await registry().ask({ ...question, ...more })).toBe(verdict);
  });

  test.for([['error'], ['silent'], ['hangs_up'], ['nonsense'], ['someone_else']] as const)(
    'that is once in the mood «%s» is asked again',
    async ([mood]) => {
      server.moods.push(mood);
      expect(await registry().ask(question)).toBe('confirmed');
      expect(pauses).toEqual([300]);
      expect(server.asked.length).toBe(2);
    },
  );

  test.for([['error'], ['silent'], ['hangs_up'], ['nonsense'], ['someone_else']] as const)(
    'that stays in the mood «%s» has given no answer',
    async ([mood]) => {
      server.moods.push(mood, mood, mood);
      await expect(registry().ask(question)).rejects.toThrow(RegistryUnavailable);
      expect(pauses).toEqual([300, 1200]);
    },
  );

  test('that fails and fails is left alone for a minute, then asked once more', async () => {
    const it = registry({ pausesMs: [], failuresToOpen: 2 });
    server.moods.push('error', 'error', 'error');
    await expect(it.ask(question)).rejects.toThrow(RegistryUnavailable);
    await expect(it.ask(question)).rejects.toThrow(RegistryUnavailable);
    await expect(it.ask(question)).rejects.toThrow(RegistryUnavailable);
    expect(server.asked.length).toBe(2);
    now += 60_000;
    await expect(it.ask(question)).rejects.toThrow(RegistryUnavailable);
    await expect(it.ask(question)).rejects.toThrow(RegistryUnavailable);
    expect(server.asked.length).toBe(3);
    now += 60_000;
    expect(await it.ask(question)).toBe('confirmed');
  });

  test('with a wrong token gives no answer', async () => {
    const it = httpCivilRegistry({ url: server.url, token: 'wrong' }, { pausesMs: [] });
    await expect(it.ask(question)).rejects.toThrow(RegistryUnavailable);
  });
});

describe('an identity', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse();
  });
  afterAll(() => house.close());

  const around = () => ({ database: house.database, clock: house.clock, log: silentLog });
  async function confirm(it: CivilRegistry | undefined): Promise<void> {
    const rows = await house.database.transaction(
      { province: 'all', organisation: '', person: '' },
      (tx) => tx.selectFrom('identity_checks').select(['province_id', 'person_id']).execute(),
    );
    for (const { province_id: provinceId, person_id: personId } of rows) {
      await identityJobs(it)['accounts.confirmIdentity']?.({ provinceId, personId }, around());
    }
  }

  test('goes on unconfirmed through an outage, and is confirmed when it is over', async () => {
    const phone = await signInByCode(house, '09141112233');
    const said = { ...question, idKind: 'national', sex: 'female' };
    const state = async () => (await phone.get('/api/my/identity')).body.person.state;
    expect((await phone.post('/api/my/identity', said)).status).toBe(200);
    server.moods.push('error', 'nonsense', 'hangs_up');
    await confirm(registry());
    expect(await state()).toBe('unconfirmed');
    expect((await phone.post('/api/drafts', {})).status).toBe(201);
    await confirm(undefined);
    expect(await state()).toBe('unconfirmed');
    await identityJobs(registry())['accounts.confirmIdentities']?.({}, around());
    await confirm(registry());
    expect(await state()).toBe('confirmed');
    const asked = server.asked.length;
    await confirm(registry());
    expect(server.asked.length).toBe(asked);
  });

  test('that differs is said again, corrected, and asked about anew', async () => {
    const phone = await signInByCode(house, '09141112244');
    const other = generateNationalId('276', 5);
    server.people.set(other, { ...person, firstName: 'مریم' });
    const said = { ...question, nationalId: other, idKind: 'national', sex: 'female' };
    const state = async () => (await phone.get('/api/my/identity')).body.person.state;
    await phone.post('/api/my/identity', said);
    await confirm(registry());
    expect(await state()).toBe('differs');
    expect((await phone.post('/api/my/identity', { ...said, firstName: 'مریم' })).status).toBe(200);
    expect(await state()).toBe('unconfirmed');
    await confirm(registry());
    expect(await state()).toBe('confirmed');
  });
});
