import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { referenceOf, settingOn } from '../../accounts/index.ts';
import { decodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import {
  detailsOf,
  findPhoto,
  findShownProduct,
  findShownStall,
  listShownFairs,
  publicLook,
  readCatalogueQuery,
  searchCatalogue,
} from '../../market/index.ts';
import { addressOf } from '../layout.ts';
import { sendDrawnPages } from '../packed-pages.ts';
import type { Serving } from '../serving.ts';
import { catalogueContent, cataloguePage, queryOf } from './catalogue-page.ts';
import { fairsPage } from './fairs-page.ts';
import { csvFeed, jsonFeed } from './feed.ts';
import type { Shop } from './parts.ts';
import { goneProductPage, productPage, stallPage } from './product-page.ts';

const hidden = { schema: { hide: true } };
const moreOfTrade = 4;
const mostOfStall = 100;
const mostOfFeed = 1000;

/** The market as anyone sees it: the catalogue, products, stalls, photos, and the feed. */
export function serveMarket(app: FastifyInstance, it: Serving): void {
  serveCatalogue(app, it);
  serveProduct(app, it);
  serveStall(app, it);
  servePhotos(app, it);
  serveFeeds(app, it);
  serveFairs(app, it);
}

async function shopOf(it: Serving, request: FastifyRequest): Promise<Shop> {
  const reference = await referenceOf(it.house.database);
  return { visit: await it.visitBy(request), reference };
}

function serveCatalogue(app: FastifyInstance, it: Serving): void {
  const sendDrawn = sendDrawnPages(it.sendPage);
  app.get('/market', hidden, async (request, reply) => {
    const shop = await shopOf(it, request);
    const asked = readCatalogueQuery(shop.reference, it.queryOf(request), it.today());
    const found = await searchCatalogue(it.house.database, asked);
    const draw = () => cataloguePage(shop, asked, found);
    return sendDrawn(request, reply, catalogueContent(shop, asked, found), draw);
  });
}

function serveProduct(app: FastifyInstance, it: Serving): void {
  app.get<{ Params: { code: string } }>(
    '/market/products/:code',
    hidden,
    async (request, reply) => {
      const shop = await shopOf(it, request);
      const today = it.today();
      const key = decodeCode(request.params.code);
      const product = key && (await findShownProduct(it.house.database, key, today));
      if (!product) return gone(it, shop, request, reply);
      const { occupationId } = product.stall;
      const asked = { occupation: occupationId, today };
      const { items } = await searchCatalogue(it.house.database, asked, moreOfTrade + 1);
      const more = items.filter(({ code }) => code !== product.code).slice(0, moreOfTrade);
      const { provinceId } = product.stall;
      const returnDays = Number(settingOn(shop.reference, 'market.return_days', provinceId, today));
      return it.sendPage(request, reply, productPage(shop, product, { more, returnDays }));
    },
  );
}

function serveStall(app: FastifyInstance, it: Serving): void {
  app.get<{ Params: { code: string } }>('/market/stalls/:code', hidden, async (request, reply) => {
    const shop = await shopOf(it, request);
    const today = it.today();
    const key = decodeCode(request.params.code);
    const stall = key && (await findShownStall(it.house.database, key, today));
    if (!stall) return gone(it, shop, request, reply);
    const asked = { stall: key, today };
    const { items } = await searchCatalogue(it.house.database, asked, mostOfStall);
    return it.sendPage(request, reply, stallPage(shop, stall, items));
  });
}

function gone(it: Serving, { visit }: Shop, request: FastifyRequest, reply: FastifyReply) {
  const path = request.url.split('?')[0] ?? '/market';
  return it.sendPage(request, reply.code(404), goneProductPage(visit, path));
}

/**
 * What tells a browser how to treat a page, and says nothing of a picture that it may not take for anything else
 * (nosniff stays). On a page of a phone's catalogue these are a tenth of all bytes.
 */
const ofPagesOnly = [
  ...['content-security-policy', 'cross-origin-opener-policy', 'origin-agent-cluster'],
  ...['referrer-policy', 'x-dns-prefetch-control', 'x-download-options', 'x-frame-options'],
  ...['x-permitted-cross-domain-policies', 'x-xss-protection'],
];

/**
 * A photo's address is its content, so a browser need not ask for it again on the same day; it may be kept no
 * longer, since it goes when its product or its permit goes.
 */
function servePhotos(app: FastifyInstance, it: Serving): void {
  app.get<{ Params: { sha256: string } }>(
    '/market/photos/:sha256',
    hidden,
    async (request, reply) => {
      const { sha256 } = request.params;
      const { database, files } = it.house;
      const photo = /^[0-9a-f]{64}$/.test(sha256)
        ? await database.transaction(publicLook, (tx) => findPhoto(tx, sha256, it.today()))
        : undefined;
      if (!photo) throw new Problem('platform.not_found');
      for (const name of ofPagesOnly) reply.removeHeader(name);
      return reply
        .type(photo.mediaType)
        .header('cache-control', 'public, max-age=86400, immutable')
        .send(Buffer.from(await files.getBytes(photo.fileKey)));
    },
  );
}

function serveFairs(app: FastifyInstance, it: Serving): void {
  app.get('/market/fairs', hidden, async (request, reply) => {
    const { visit, reference } = await shopOf(it, request);
    const at = { provinceId: it.homeProvince, today: it.today() };
    const fairs = await listShownFairs(it.house.database, reference, at);
    return it.sendPage(request, reply, fairsPage(visit, fairs));
  });
}

function serveFeeds(app: FastifyInstance, it: Serving): void {
  const { database, publicUrl } = it.house;
  /** A page of the feed; the next one is named in a Link header, RFC 8288, the same for both formats. */
  const read = async (request: FastifyRequest, reply: FastifyReply, path: string) => {
    const reference = await referenceOf(database);
    const given = it.queryOf(request);
    const stall = stallIn(given.stall);
    const asked = { ...readCatalogueQuery(reference, given, it.today()), stall };
    const found = await searchCatalogue(database, asked, mostOfFeed);
    const last = found.hasMore ? found.items.at(-1)?.code : undefined;
    if (last !== undefined) {
      const next = addressOf(path, { ...queryOf(asked), stall: given.stall, after: last });
      reply.header('link', `<${publicUrl}${next}>; rel="next"`);
    }
    const codes = found.items.map(({ code }) => code);
    return { reference, publicUrl, found, details: await detailsOf(database, codes) };
  };
  app.get('/market.json', hidden, async (request, reply) => {
    const feed = await read(request, reply, '/market.json');
    reply.header('cache-control', 'no-cache');
    return jsonFeed(feed);
  });
  app.get('/market.csv', hidden, async (request, reply) => {
    const feed = await read(request, reply, '/market.csv');
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-disposition', 'attachment; filename="market.csv"')
      .send(csvFeed(feed));
  });
}

/** The stall that is asked for alone. @throws Problem `platform.not_found` (404): not the whole market instead */
function stallIn(code: string | undefined) {
  if (code === undefined) return undefined;
  const key = decodeCode(code);
  if (!key) throw new Problem('platform.not_found');
  return key;
}
