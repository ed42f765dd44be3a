import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Reply, type TestHouse, testHouse } from '../../../test/house.ts';
import { encodeCode } from '../../kit/code.ts';
import { provinceContext } from '../../platform/policy.ts';
import { referenceOf } from '../reference.ts';
import { changeByCommand } from './actions.ts';

let house: TestHouse;
let admin: Caller;
let director: Caller;
beforeAll(async () => {
  house = await testHouse();
  const organisationId = 'DIRECTORATE';
  admin = await house.signIn({ role: 'admin', organisationId, nameFa: 'راهبر' });
  director = await house.signIn({ role: 'director', organisationId, nameFa: 'مدیرکل' });
});
afterAll(() => house.close());

const person = { nameFa: 'سارا کریمی', nameEn: 'Sara Karimi', reason: 'استخدام تازه' };
const expert = { ...person, verb: 'accounts.open', role: 'expert', organisationId: 'SMT' };
const password = 'چهار واژه بی ربط';

async function open(username: string, more: object = {}): Promise<string> {
  const asked = await admin.post('/api/staff/changes', { ...expert, username, ...more });
  expect(asked.body).toMatchObject({ state: 'asked', openingCode: null });
  const decided = await decide(director, asked.body.code, { agree: true });
  expect(decided.body.state).toBe('done');
  return decided.body.openingCode;
}

const decide = (by: Caller, code: string, body: object): Promise<Reply> =>
  by.post(`/api/staff/changes/${code}/decide`, body);

async function redeem(code: string, chosen = password): Promise<Caller> {
  const reply = await house.nobody.post('/api/session/open', { code, password: chosen });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return house.holding(String(reply.headers['set-cookie']).split(';')[0] ?? '');
}

const accountOf = async (username: string) =>
  (await admin.get('/api/staff')).body.accounts.find(
    (row: { username: string }) => row.username === username,
  );

test('an account is opened by two people, and its owner alone knows the password', async () => {
  const asked = await admin.post('/api/staff/changes', { ...expert, username: 's.karimi' });
  const again = await admin.post('/api/staff/changes', { ...expert, username: 's.karimi' });
  expect(again.body.code).toBe('accounts.change_waits');
  const alone = await decide(admin, asked.body.code, { agree: true });
  expect(alone.body.code).toBe('accounts.second_person_needed');
  const decided = await decide(director, asked.body.code, { agree: true });
  const { openingCode } = decided.body;
  expect(openingCode).toMatch(/^04(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
  expect((await decide(director, asked.body.code, { agree: true })).body.code).toBe(
    'accounts.change_is_over',
  );
  const weak = { code: openingCode, password: 's.karimi1234' };
  expect((await house.nobody.post('/api/session/open', weak)).body.code).toBe(
    'accounts.weak_password',
  );
  const owner = await redeem(openingCode.toLowerCase().replaceAll('-', ' '));
  const { account } = (await owner.get('/api/session')).body;
  expect(account).toMatchObject({ role: 'expert', organisation: { id: 'SMT' } });
  const used = await house.nobody.post('/api/session/open', { code: openingCode, password });
  expect(used.body.code).toBe('accounts.wrong_opening_code');
  const signedIn = await house.nobody.post('/api/session', { username: 'S.Karimi', password });
  expect(signedIn.status).toBe(201);
  const taken = await admin.post('/api/staff/changes', { ...expert, username: 's.karimi' });
  expect((await decide(director, taken.body.code, { agree: true })).body.code).toBe(
    'accounts.username_taken',
  );
  expect((await decide(director, taken.body.code, { agree: false })).body.state).toBe('refused');
});

test('a new role ends what was open under the old one; a closed account opens nothing', async () => {
  const owner = await redeem(await open('r.tazeh'));
  const { code } = await accountOf('r.tazeh');
  const change = { verb: 'accounts.change', account: code, reason: 'جابه‌جایی' };
  const asked = await admin.post('/api/staff/changes', { ...change, organisationId: 'AGRI' });
  expect((await owner.get('/api/session')).body.account.organisation.id).toBe('SMT');
  await decide(director, asked.body.code, { agree: true });
  expect((await owner.get('/api/session')).body.account).toBeNull();
  expect((await accountOf('r.tazeh')).organisation.id).toBe('AGRI');
  const wrong = await admin.post('/api/staff/changes', { ...change, role: 'bank' });
  expect(wrong.body.code).toBe('accounts.role_elsewhere');
  const close = { verb: 'accounts.close', account: code, reason: 'رفتن' };
  expect((await admin.post('/api/staff/changes', close)).body.state).toBe('done');
  const late = await house.nobody.post('/api/session', { username: 'r.tazeh', password });
  expect(late.body.code).toBe('accounts.wrong_sign_in');
});

test('a reset takes the password away; with a mobile, the code goes there and nowhere else', async () => {
  await redeem(await open('m.hamrah', { mobile: '۰۹۱۴ ۱۱۱ ۲۲۳۳' }).then(codeFromOutbox));
  const { code } = await accountOf('m.hamrah');
  const reset = { verb: 'accounts.reset', account: code, reason: 'گذرواژه گم شد' };
  const asked = await admin.post('/api/staff/changes', reset);
  const decided = await decide(director, asked.body.code, { agree: true });
  expect(decided.body.openingCode).toBeNull();
  const old = await house.nobody.post('/api/session', { username: 'm.hamrah', password });
  expect(old.body.code).toBe('accounts.wrong_sign_in');
  await redeem(await codeFromOutbox(null));
});

async function codeFromOutbox(told: string | null): Promise<string> {
  expect(told).toBeNull();
  const { text } = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('sms_outbox').select('text').orderBy('id', 'desc').executeTakeFirstOrThrow(),
  );
  return /04(?:-\w{5}){4}/.exec(text ?? '')?.[0] ?? '';
}

test('alone in an emergency: it is done, and stands as an alarm until another has looked', async () => {
  const asked = await admin.post('/api/staff/changes', { ...expert, username: 'z.shab' });
  const done = await decide(admin, asked.body.code, { agree: true, emergency: true });
  expect(done.body.state).toBe('done');
  const [alarm] = (await admin.get('/api/alarms')).body.alarms;
  expect(alarm).toMatchObject({ kind: 'emergency', raisedBy: { fa: 'راهبر' }, mayClose: false });
  const own = await admin.post(`/api/alarms/${alarm.code}/see`);
  expect(own.body.code).toBe('accounts.second_person_needed');
  expect((await director.post(`/api/alarms/${alarm.code}/see`)).body.alarms).toEqual([]);
});

test('nobody asks about their own account, and an administrator elsewhere sees none of it', async () => {
  const { id } = (await admin.get('/api/session')).body.account;
  const own = { verb: 'accounts.change', account: encodeCode(4, id), reason: 'x' };
  expect((await admin.post('/api/staff/changes', own)).body.code).toBe('accounts.own_account');
  const elsewhere = await house.signIn({
    ...{ role: 'admin', organisationId: 'DIRECTORATE', provinceId: 7 },
  });
  const { code } = await accountOf('s.karimi');
  const change = { verb: 'accounts.reset', account: code, reason: 'x' };
  expect((await elsewhere.post('/api/staff/changes', change)).status).toBe(404);
  expect((await elsewhere.get('/api/staff')).body.changes).toEqual([]);
  const asked = await admin.post('/api/staff/changes', { ...change });
  const foreign = await decide(elsewhere, asked.body.code, { agree: true });
  expect(foreign.status).toBe(404);
});

test('the first accounts come from the machine, without alarm; later ones raise it', async () => {
  await using database = await (await import('../../../test/database.ts')).testDatabase();
  const reference = await referenceOf(database);
  const texts = { opening: (code: string) => code, alarm: 'x' };
  const first = { ...person, verb: 'accounts.open', organisationId: 'DIRECTORATE' } as const;
  const run = (username: string, role: string, organisationId = 'DIRECTORATE') =>
    database.transaction(provinceContext(4), (tx) =>
      changeByCommand(tx, machine, reference, { ...first, username, role, organisationId }, texts),
    );
  const machine = {
    ...{ provinceId: 4, actorId: null, organisationId: null, today: '2022-06-22' },
    ...{ now: new Date('2022-06-22T08:00:00Z'), opId: '00000000-0000-4000-8000-000000000001' },
  };
  const alarms = async () =>
    (await database.migratorTransaction((tx) => tx.selectFrom('alarms').select('kind').execute()))
      .length;
  expect((await run('rahbar', 'admin')).openingCode).toMatch(/^04-/);
  await run('modir', 'director');
  expect(await alarms()).toBe(0);
  await run('hesab', 'auditor', 'MINISTRY');
  expect(await alarms()).toBe(1);
});

test('a password is changed by who knows the old one, and ends the other sessions', async () => {
  const code = await open('p.gozar', { role: 'counter', organisationId: 'DIRECTORATE' });
  const here = await redeem(code);
  const there = await house.nobody.post('/api/session', { username: 'p.gozar', password });
  const other = house.holding(String(there.headers['set-cookie']).split(';')[0] ?? '');
  const next = 'یک گذرواژه دیگر';
  const wrong = await here.post('/api/my/password', { old: 'x', password: next });
  expect(wrong.body.code).toBe('accounts.wrong_sign_in');
  const given = { old: password, password: next };
  expect((await here.post('/api/my/password', given)).status).toBe(200);
  expect((await here.get('/api/session')).body.account).not.toBeNull();
  expect((await other.get('/api/session')).body.account).toBeNull();
});
