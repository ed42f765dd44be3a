import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { bankApiRoutes } from '../../financing/index.ts';
import { acts } from './examples.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const guide = (query = '') =>
  house.nobody.get(`/developers/bank${query}`, { accept: 'text/html', 'accept-language': 'fa' });

test.each(['', '?lang=en'])('the guide is whole without JavaScript: %s', async (query) => {
  const { status, body } = await guide(query);
  expect(status).toBe(200);
  expect(body).toContain(query ? 'lang="en" dir="ltr"' : 'lang="fa" dir="rtl"');
  expect(body).not.toContain('<script');
  for (const part of ['token', 'list', 'act', 'pay', 'reasons', 'webhook', 'signature', 'errors']) {
    expect(body).toContain(`id="${part}"`);
  }
  expect(body).toContain('http://localhost:8080/oauth/token');
  expect(body).toContain('bounced_cheque');
  expect(body).toContain('webhook-signature');
});

test('every act of the guide is a door of the API, and every act of the API is in the guide', () => {
  const posts = bankApiRoutes.filter(({ method }) => method === 'POST');
  const paths = posts.map(({ url }) => url.slice('/api/bank/v1/referrals/:code/'.length));
  expect(acts.map(([, path]) => path).sort()).toEqual(paths.sort());
});

test('the API’s description has the scheme, and the scope of each door', async () => {
  const { body } = await house.nobody.get('/api/openapi.json');
  expect(body.components.securitySchemes.bankClient.flows.clientCredentials).toMatchObject({
    tokenUrl: '/oauth/token',
    scopes: { 'referrals.read': expect.any(String) },
  });
  const pay = body.paths['/api/bank/v1/referrals/{code}/payments'].post;
  expect(pay.security).toEqual([{ bankClient: ['payments.write'] }]);
  expect(pay.tags).toEqual(['banks']);
  const required = pay.requestBody.content['application/json'].schema.required;
  expect(required).toEqual(expect.arrayContaining(['op_id', 'amount_rial', 'reference']));
  const door = body.paths['/oauth/token'].post;
  expect(Object.keys(door.requestBody.content)).toEqual(['application/x-www-form-urlencoded']);
});
