import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';

let house: TestHouse;
let officer: Caller;
let number: string;

beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const body = { from: '1400/01/01', to: '1401/03/31', language: 'fa' };
  const begun = (await officer.post('/api/bulletins', body)).body;
  number = begun.number;
  await officer.post(`/api/bulletins/${begun.code}/signBulletin`, { revision: 1 });
  await director.post(`/api/bulletins/${begun.code}/publishBulletin`, { revision: 2 });
});
afterAll(() => house.close());

/** What a browser does: asks for a proof of work and finds it. */
async function proof(): Promise<string> {
  const challenge = (await house.nobody.get('/api/comments/challenge')).body;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

let address = 0;
/** A comment from somewhere else each time: limits by address have a test of their own. */
async function write(text: string, more: object = {}, from?: string) {
  address += 1;
  const remoteAddress = from ?? `10.1.0.${address}`;
  const altcha = await proof();
  const payload = { number, version: 1, text, altcha, ...more };
  const url = '/api/comments';
  const reply = await house.app.inject({ method: 'POST', url, payload, remoteAddress });
  return { status: reply.statusCode, body: reply.json(), altcha };
}

const page = async () => String((await house.nobody.get(`/bulletins/${number}`)).body);
const queue = async () => (await officer.get('/api/comments')).body;

test('a comment is hidden until it is approved, and gets an answer below it', async () => {
  expect(await page()).toContain('هنوز نظری نمایش داده نشده است');
  expect((await write('چرا جمع مبلغ‌ها نمی‌خواند؟')).status).toBe(202);
  expect(await page()).not.toContain('چرا جمع مبلغ‌ها');
  const [waiting] = (await queue()).waiting;
  const decide = (body: object) =>
    officer.post(`/api/comments/${waiting.code}/decideComment`, body);
  expect((await decide({ verdict: 'refused' })).body.code).toBe(
    'publishing.refusal_reason_missing',
  );
  const early = await officer.post(`/api/comments/${waiting.code}/answerComment`, { text: 'x' });
  expect(early.body.code).toBe('publishing.comment_not_shown');
  expect((await decide({ verdict: 'approved' })).status).toBe(200);
  expect((await decide({ verdict: 'approved' })).body.code).toBe('publishing.comment_decided');
  await officer.post(`/api/comments/${waiting.code}/answerComment`, { text: 'چون گرد شده‌اند.' });
  expect((await write('سپاس', { parent: waiting.code })).status).toBe(202);
  const [second] = (await queue()).waiting;
  expect(second.parent).toBe('چرا جمع مبلغ‌ها نمی‌خواند؟');
  const shown = await page();
  expect(shown.indexOf('چون گرد شده‌اند.')).toBeGreaterThan(shown.indexOf('چرا جمع مبلغ‌ها'));
  expect(shown).toContain('پاسخ اداره');
  const away = { verdict: 'refused', reason: 'تکراری است' };
  await officer.post(`/api/comments/${second.code}/decideComment`, away);
  expect(await page()).not.toContain('سپاس');
  expect((await queue()).decided.map((one: { reason: string }) => one.reason)).toContain(
    'تکراری است',
  );
});

test('a proof of work is good once, has to be ours, and has to be done', async () => {
  const first = await write('یک');
  const again = await write('دو', { altcha: first.altcha });
  expect(again.body.code).toBe('publishing.challenge_spent');
  const challenge = (await house.nobody.get('/api/comments/challenge')).body;
  const send = (made: object) =>
    write('سه', { altcha: Buffer.from(JSON.stringify(made)).toString('base64') });
  const unsolved = await send({ challenge, solution: { counter: 0, derivedKey: '00' } });
  expect(unsolved.body.code).toBe('publishing.challenge_failed');
  const easy = { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '' } };
  const solution = await solveChallenge({ challenge, deriveKey });
  expect((await send({ challenge: easy, solution })).body.code).toBe('publishing.challenge_failed');
  expect((await write('چهار', { altcha: 'x' })).body.code).toBe('publishing.challenge_failed');
});

test('one address writes little in a while, and markup is text', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    statuses.push((await write('<script>alert(1)</script>', {}, '10.2.0.1')).status);
  }
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  const [waiting] = (await queue()).waiting.slice(-1);
  await officer.post(`/api/comments/${waiting.code}/decideComment`, { verdict: 'approved' });
  expect(await page()).not.toContain('<script>alert');
});

test('the widget comes from this house, and without JavaScript another way is named', async () => {
  for (const name of ['start.js', 'altcha.js', 'altcha.css', 'pbkdf2.js', 'words.js']) {
    expect((await house.nobody.get(`/comments/${name}`)).status, name).toBe(200);
  }
  expect(await page()).toMatch(/<noscript>.*دبیرخانه/);
});
