import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { provinceLabel, referenceOf, returnReasonsOn, settingOn } from '../accounts/index.ts';
import { type IsoDate, isoToday } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import type { House } from '../platform/endpoint.ts';
import { chooseLanguage, type Language, type Say } from '../platform/language.ts';
import type { ProblemDocument } from '../platform/problem-document.ts';
import { type Assets, builtFolder, readAssets } from './assets.ts';
import { batchPage } from './batch-page.ts';
import { serveBulletins } from './bulletins/serve-bulletins.ts';
import { serveClaims } from './claims/serve-claims.ts';
import { checkSchema, csvSchema } from './contract.ts';
import { bankGuidePage } from './developers/page.ts';
import { errorPage } from './error-page.ts';
import { type CsvQuery, figuresCsv } from './figures-csv.ts';
import { serveGuides } from './guides/serve-guides.ts';
import { homePage } from './home.ts';
import { readHome } from './home-figures.ts';
import { type Visit, visitOf } from './layout.ts';
import { serveMarket } from './market/serve-market.ts';
import { serveNation } from './nation/serve-nation.ts';
import { askPage, permitPage, unknownPage } from './permit-page.ts';
import { serveRoots } from './roots/serve-roots.ts';
import { numberForms, numberPath } from './rules.ts';
import { sendPage } from './send-page.ts';
import { serveBuilt } from './serve-built.ts';
import { serveSmall } from './serve-small.ts';
import { checkNumbers } from './verify.ts';

type Sayers = Readonly<Record<Language, Say>>;

/** What the public site is put together from. */
export type SiteParts = {
  readonly house: House;
  readonly sayers: Sayers;
  readonly homeProvince: number;
  /** Where the built pages are; `build/web` unless said. */
  readonly folder?: string;
};

/** The site as `app.ts` mounts it: its routes, and how any problem looks to a browser. */
export type Site = {
  readonly routes: (app: FastifyInstance) => Promise<void>;
  readonly errorPage: (
    request: FastifyRequest,
    write: (language: Language) => Static<typeof ProblemDocument>,
  ) => Promise<string | undefined>;
};

type Surroundings = SiteParts & { readonly assets: Assets; readonly folder: string };

/** What the server itself shows to anyone: complete pages, no account and no JavaScript needed. */
export function publicSite(parts: SiteParts): Site {
  const folder = parts.folder ?? builtFolder;
  const site: Surroundings = { ...parts, folder, assets: readAssets(folder) };
  return {
    async routes(app) {
      serveHome(app, site);
      serveCheck(app, site);
      serveCsv(app, site);
      serveDevelopers(app, site);
      const lent = {
        ...site,
        visitBy: (request: FastifyRequest, own?: Language) => visitBy(site, request, own),
        ...{ sendPage, queryOf, today: () => todayOf(site) },
      };
      serveMarket(app, lent);
      serveGuides(app, lent);
      serveClaims(app, lent);
      serveBulletins(app, lent);
      serveNation(app, lent);
      serveRoots(app, lent);
      serveSmall(app, site.house, site.homeProvince);
      await serveBuilt(app, folder);
    },
    errorPage: async (request, write) => {
      if (!isForReading(request)) return undefined;
      const visit = await visitBy(site, request);
      return errorPage(visit, write(visit.language)).toString();
    },
  };
}

/** Whether a person is going to read the answer, and not a program. */
function isForReading(request: FastifyRequest): boolean {
  // The form of a spreadsheet has no JavaScript to read a problem with.
  if (request.url.startsWith('/api/verify/sheet')) return takesPages(request);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return (
    reads &&
    takesPages(request) &&
    !request.url.startsWith('/api/') &&
    queryOf(request).format !== 'json'
  );
}

function takesPages(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '';
  const asked = accept.includes('application/json') && !accept.includes('text/html');
  return asked || queryOf(request).format === 'json';
}

/** The query's single values, trimmed; what is empty or given twice is not there. */
function queryOf(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  const entries = Object.entries((request.query ?? {}) as Record<string, unknown>);
  const texts = entries.map(([key, value]) => [key, typeof value === 'string' ? value.trim() : '']);
  return Object.fromEntries(texts.filter(([, value]) => value !== ''));
}

/**
 * Persian unless the address or the visitor's own choice (a cookie) says English. The browser's
 * languages are not asked: most browsers in Iran say English, whatever their owners read.
 * @param own the language of what the page shows, which decides where nobody has chosen
 */
async function visitBy(
  site: Surroundings,
  request: FastifyRequest,
  own?: Language,
): Promise<Visit> {
  const { lang } = queryOf(request);
  const language = chooseLanguage({ query: lang, cookie: request.cookies?.lang, header: own });
  const { demonstration, publicUrl } = site.house;
  const around = { demonstration, publicUrl, assets: site.assets };
  // Where the page itself is in English, so is what it leads to.
  const carried = lang === language || (own === 'en' && language === 'en');
  const asked = carried ? language : undefined;
  return visitOf(around, site.sayers, await provinceName(site), { language, asked });
}

/** The home province's name; a page about a database that is away does without it. */
async function provinceName({ house, homeProvince }: Surroundings) {
  try {
    return provinceLabel(await referenceOf(house.database), homeProvince).label;
  } catch {
    return { fa: '', en: '' };
  }
}

function todayOf({ house }: Surroundings): IsoDate {
  return isoToday(house.clock.now().getTime(), house.clock.zone);
}

const hidden = { schema: { hide: true } };

function serveHome(app: FastifyInstance, site: Surroundings): void {
  app.get('/', hidden, async (request, reply) => {
    const visit = await visitBy(site, request);
    const { from, to } = queryOf(request);
    const today = todayOf(site);
    const { asked, figures } = await readHome(site.house.database, site.sayers, {
      provinceId: site.homeProvince,
      language: visit.language,
      given: { from, to },
      today,
      now: site.house.clock.now(),
    });
    if (asked.wrong) reply.code(422);
    const demonstration = visit.demonstration || (figures?.total.demonstration ?? false);
    const page = homePage({ ...visit, demonstration }, asked, { figures, today });
    return sendPage(request, reply, page);
  });
}

/** Checks a minute from one address: enough for a counter, too few to walk through an office's numbers. */
const checksPerMinute = 60;

function serveCheck(app: FastifyInstance, site: Surroundings): void {
  app.get('/p', hidden, async (request, reply) => {
    const { number, lang } = queryOf(request);
    const path = numberPath(number ?? '');
    if (path !== undefined) {
      const language = lang === undefined ? '' : `?${new URLSearchParams({ lang })}`;
      return reply.redirect(`${path}${language}`, 303);
    }
    const empty = 'number' in (request.query as object);
    if (empty) reply.code(422);
    return sendPage(request, reply, askPage(await visitBy(site, request), empty));
  });
  app.get('/p/batch', hidden, async (request, reply) =>
    sendPage(request, reply, batchPage(await visitBy(site, request))),
  );
  app.get<{ Params: { number: string } }>(
    '/p/:number',
    {
      schema: checkSchema,
      config: { rateLimit: { max: checksPerMinute, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      const typed = numberForms(request.params.number)[0] ?? '';
      const today = todayOf(site);
      const [found] = await checkNumbers(site.house.database, [typed], site.homeProvince, today);
      reply.header('x-robots-tag', 'noindex');
      if (wantsJson(request)) {
        if (!found) throw new Problem('publishing.unknown_permit', { number: typed });
        return reply.header('cache-control', 'no-store').send(found);
      }
      const visit = await visitBy(site, request);
      if (!found) return sendPage(request, reply.code(404), unknownPage(visit, typed));
      return sendPage(request, reply, permitPage(visit, found, today));
    },
  );
}

function serveDevelopers(app: FastifyInstance, site: Surroundings): void {
  app.get('/developers/bank', hidden, async (request, reply) => {
    const reference = await referenceOf(site.house.database);
    const setting = (key: string) =>
      settingOn(reference, `financing.${key}`, site.homeProvince, todayOf(site));
    const guide = {
      returnReasons: returnReasonsOn(reference, todayOf(site)),
      tries: Number(setting('webhook_tries')),
    };
    return sendPage(request, reply, bankGuidePage(await visitBy(site, request), guide));
  });
}

function serveCsv(app: FastifyInstance, site: Surroundings): void {
  app.get('/figures.csv', { schema: csvSchema }, async (request, reply) => {
    const { house, sayers, homeProvince } = site;
    const now = house.clock.now();
    const at = { homeProvince, today: todayOf(site), now };
    const csv = await figuresCsv(house.database, sayers, queryOf(request) as CsvQuery, at);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="figures.csv"')
      .header('cache-control', 'no-cache')
      .send(csv);
  });
}
