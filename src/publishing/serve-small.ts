import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { isoToday } from '../kit/jalali.ts';
import { searchCatalogue } from '../market/index.ts';
import { repositoryFolder } from '../platform/config.ts';
import type { House } from '../platform/endpoint.ts';
import { html } from '../platform/html.ts';

const hidden = { schema: { hide: true } };
/** The sign in the sizes that a phone asks for when the app is installed; see scripts/icons.ts. */
const icons = ['192.png', '512.png', 'mask-512.png'];
const aDay = 'public, max-age=86400';

/** What browsers and search engines ask for beside pages: the sign, and what may be indexed. */
export function serveSmall(app: FastifyInstance, house: House): void {
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
      .send(sitemap(publicUrl, await listedProducts(house))),
  );
}

/** A permit's page is for whoever holds the number, not for a search by name. */
function robots(publicUrl: string): string {
  const closed = ['/api/', '/office', '/my', '/field', '/sign-in', '/p/', '/demo/'];
  const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`)];
  return `${[...lines, `Sitemap: ${publicUrl}/sitemap.xml`].join('\n')}\n`;
}

/** Search engines take fifty thousand addresses a file: the newest products, without the invented ones. */
const mostListed = 40_000;

async function listedProducts({ database, clock }: House): Promise<string[]> {
  const today = isoToday(clock.now().getTime(), clock.zone);
  const { items } = await searchCatalogue(database, { today }, mostListed);
  return items
    .filter(({ demonstration }) => !demonstration)
    .map(({ code }) => `/market/products/${code}`);
}

function sitemap(publicUrl: string, products: readonly string[]): string {
  const pages = [
    '/',
    '/?lang=en',
    '/provinces',
    '/p',
    '/p?lang=en',
    '/check',
    '/check?lang=en',
    '/market',
    '/market?lang=en',
    '/bulletins',
    '/bulletins?lang=en',
    '/history-roots',
    '/history-roots?lang=en',
    '/market/fairs',
    '/market/fairs?lang=en',
    '/developers/bank',
    '/developers/bank?lang=en',
    ...products,
  ];
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map((page) => html`<url><loc>${publicUrl}${page}</loc></url>\n`)}</urlset>
`.toString();
}
