import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { referenceOf } from '../accounts/index.ts';
import { isoToday } from '../kit/jalali.ts';
import { searchCatalogue, stallsOf } from '../market/index.ts';
import { repositoryFolder } from '../platform/config.ts';
import type { House } from '../platform/endpoint.ts';
import { html } from '../platform/html.ts';
import { provinceContext } from '../platform/policy.ts';
import { bulletinPath } from './bulletins/files.ts';
import { publicVersions } from './bulletins/queries.ts';
import { occupationPath } from './guides/occupation-pages.ts';
import { addressOf } from './layout.ts';

const hidden = { schema: { hide: true } };
/** The sign in the sizes that a phone asks for when the app is installed; see scripts/icons.ts. */
const icons = ['192.png', '512.png', 'mask-512.png'];
const aDay = 'public, max-age=86400';

/** What browsers and search engines ask for beside pages: the sign, and what may be indexed. */
export function serveSmall(app: FastifyInstance, house: House, homeProvince: number): void {
  const { publicUrl } = house;
  const sign = readFile(join(repositoryFolder, 'src', 'web', 'mark.svg'), 'utf8');
  app.get('/mark.svg', hidden, async (_request, reply) =>
    reply
      .type('image/svg+xml')
      .header('cache-control', aDay)
      .send(await sign),
  );
  app.get('/favicon.ico', hidden, async (_request, reply) =>
    reply.header('cache-control', aDay).redirect('/mark.svg', 301),
  );
  for (const name of icons) {
    const file = readFile(join(repositoryFolder, 'src', 'web', 'icons', name));
    app.get(`/icons/${name}`, hidden, async (_request, reply) =>
      reply
        .type('image/png')
        .header('cache-control', aDay)
        .send(await file),
    );
  }
  app.get('/robots.txt', hidden, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').header('cache-control', aDay).send(robots(publicUrl)),
  );
  app.get('/sitemap.xml', hidden, async (_request, reply) =>
    reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', aDay)
      .send(sitemap(publicUrl, await listedPaths(house, homeProvince))),
  );
}

/** A permit's page is for whoever holds the number, not for a search by name. */
function robots(publicUrl: string): string {
  const closed = ['/api/', '/office', '/my', '/field', '/sign-in', '/p/', '/demo/'];
  const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`)];
  return `${[...lines, `Sitemap: ${publicUrl}/sitemap.xml`].join('\n')}\n`;
}

/** Search engines take fifty thousand addresses a file: the newest products with their stalls, without the invented ones. */
const mostListed = 24_000;

/** The newest products on show, and the stalls that they are of. */
async function listedProducts({ database, clock }: House): Promise<string[]> {
  const today = isoToday(clock.now().getTime(), clock.zone);
  const { items } = await searchCatalogue(database, { today }, mostListed);
  const real = items.filter(({ demonstration }) => !demonstration);
  const codes = real.map(({ code }) => code);
  const stalls = (await stallsOf(database, codes)).map((code) => `/market/stalls/${code}`);
  return [...stalls, ...codes.map((code) => `/market/products/${code}`)];
}

/** Bulletins by their newest version, without those of invented people. */
async function listedBulletins({ database, clock }: House, provinceId: number): Promise<string[]> {
  const versions = await database.transaction(provinceContext(provinceId), (tx) =>
    publicVersions(tx, provinceId, clock.now()),
  );
  return versions
    .filter(({ demonstration }) => !demonstration)
    .map(({ bulletin }) => bulletinPath(bulletin));
}

/** What is listed besides the pages that are always there. */
async function listedPaths(house: House, provinceId: number): Promise<string[]> {
  const { occupations } = await referenceOf(house.database);
  const bulletins = await listedBulletins(house, provinceId);
  const guides = [...occupations.keys()].map(occupationPath);
  return [...bulletins, ...guides.flatMap(inBoth), ...(await listedProducts(house))];
}

const inBoth = (path: string) => [path, addressOf(path, { lang: 'en' })];

const pages = [
  ...['/', '/apply', '/occupations', '/p', '/bulletins', '/market', '/market/fairs'],
  ...['/check', '/data', '/history-roots', '/developers/bank', '/provinces'],
];

function sitemap(publicUrl: string, more: readonly string[]): string {
  const all = [...pages.flatMap(inBoth), ...more];
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${all.map((page) => html`<url><loc>${publicUrl}${page}</loc></url>\n`)}</urlset>
`.toString();
}
