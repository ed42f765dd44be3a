import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse, testKeyring, testSigningKey } from '../../test/house.ts';
import { homeProvince, sayers } from '../app.ts';
import { outboxSms } from '../platform/sms.ts';
import firstPages from './first-pages.json' with { type: 'json' };
import { publicSite } from './index.ts';

let house: TestHouse;
let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  house = await testHouse();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-site-'));
  await mkdir(join(folder, 'assets'));
  const chunk = (name: string) => ({ file: `assets/${name.split('/').at(-1)}-x.js` });
  const pages = Object.values(firstPages).flat();
  const manifest = {
    ...Object.fromEntries(pages.map((name) => [name, chunk(name)])),
    '../accounts/web/SignInPage.tsx': { ...chunk('SignInPage'), imports: ['index.html', '_own'] },
    ...{ 'index.html': { ...chunk('app'), imports: ['_runtime'] } },
    ...{ _runtime: chunk('runtime'), _own: chunk('own') },
    'public.css': {
      file: 'assets/public-x.css',
      assets: ['assets/vazirmatn-latin-x.woff2', 'assets/vazirmatn-persian-x.woff2'],
    },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'assets', 'public-x.css'), 'p{}');
  await writeFile(join(folder, 'assets', 'public-x.css.br'), brotliCompressSync('p{}'));
  await writeFile(join(folder, 'index.html'), '<div id="root"></div>');
  app = Fastify();
  const around = { demonstration: false, publicUrl: 'https://example.org', permissions: {} };
  const { database, clock, files } = house;
  const keys = { keyring: testKeyring, signingKey: testSigningKey };
  const parts = { database, clock, files, sms: outboxSms, ...around, ...keys };
  await app.register(publicSite({ house: parts, sayers, homeProvince, folder }).routes);
});
afterAll(async () => {
  await app.close();
  await house.close();
  await rm(folder, { recursive: true });
});

test('pages name the stylesheet and the font, which are kept for ever', async () => {
  const { body } = await app.inject('/p');
  expect(body).toContain('<link rel="stylesheet" href="/assets/public-x.css">');
  expect(body).toContain('href="/assets/vazirmatn-persian-x.woff2"');
  expect((await app.inject('/p?lang=en')).body).toContain('href="/assets/vazirmatn-latin-x.woff2"');
  expect(body).not.toContain('demo-note');
  const css = await app.inject('/assets/public-x.css');
  expect(css.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect([css.body, css.headers.vary]).toEqual(['p{}', 'accept-encoding']);
  const headers = { 'accept-encoding': 'gzip, deflate, br' };
  const packed = await app.inject({ url: '/assets/public-x.css', headers });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
  expect(packed.headers['content-type']).toMatch('text/css');
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('p{}');
});

test.each(['/office', '/office/cases/1?q=x', '/sign-in', '/my', '/my/case'])(
  '%s is the application, asked for anew each time',
  async (url) => {
    const reply = await app.inject(url);
    expect(reply.body).toBe('<div id="root"></div>');
    expect(reply.headers['cache-control']).toBe('no-cache');
  },
);

test('a page come to straight names its scripts, the application first; others name none', async () => {
  const { headers } = await app.inject('/sign-in?next=x');
  const scripts = ['app', 'runtime', 'SignInPage', 'own'];
  const links = scripts.map((name) => `</assets/${name}-x.js>; rel=modulepreload`);
  expect(headers.link).toBe(links.join(', '));
  expect((await app.inject('/office/cases/1')).headers.link).toContain('CasePage');
  expect((await app.inject('/office/books')).headers.link).toBeUndefined();
});

test('nothing outside the assets is served', async () => {
  expect((await app.inject('/assets/../manifest.json')).statusCode).toBe(404);
  expect((await app.inject('/assets/%2e%2e/manifest.json')).statusCode).toBe(404);
});
