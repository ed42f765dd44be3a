import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../kit/problem.ts';
import type { House } from '../../platform/endpoint.ts';
import type { Html } from '../../platform/html.ts';
import type { Language, Say } from '../../platform/language.ts';
import { provinceContext } from '../../platform/policy.ts';
import { shownComments } from '../comments/queries.ts';
import { commentsSection } from '../comments/section.ts';
import { serveWidget } from '../comments/serve-widget.ts';
import { formatsOf } from '../format.ts';
import type { Visit } from '../layout.ts';
import { atomFeed, rssFeed } from './feeds.ts';
import { bulletinJson, figuresCsv, tableCsv } from './files.ts';
import { bulletinPage, bulletinsPage } from './page.ts';
import { bulletinPdf } from './pdf.ts';
import { findShown, type Shown } from './public.ts';
import { publicVersions } from './queries.ts';

/** What the public site lends bulletins. */
export type Serving = {
  readonly house: House;
  readonly sayers: Readonly<Record<Language, Say>>;
  readonly homeProvince: number;
  /** The visit in the language that the reader chose, or else in that of what is shown. */
  readonly visitBy: (request: FastifyRequest, own?: Language) => Promise<Visit>;
  readonly sendPage: (request: FastifyRequest, reply: FastifyReply, page: Html) => FastifyReply;
  readonly queryOf: (request: FastifyRequest) => Readonly<Record<string, string | undefined>>;
};

const hidden = { schema: { hide: true } };
type Numbered = { Params: { number: string } };

/** Bulletins as anybody reads them: pages, paper, feeds and files. */
export function serveBulletins(app: FastifyInstance, it: Serving): void {
  serveList(app, it);
  serveOne(app, it);
  serveWidget(app);
}

const listed = (it: Serving) =>
  it.house.database.transaction(provinceContext(it.homeProvince), (tx) =>
    publicVersions(tx, it.homeProvince, it.house.clock.now()),
  );

function serveList(app: FastifyInstance, it: Serving): void {
  app.get('/bulletins', hidden, async (request, reply) => {
    const visit = await it.visitBy(request);
    return it.sendPage(request, reply, bulletinsPage(visit, it.sayers, await listed(it)));
  });
  const around = async (request: FastifyRequest) => {
    const versions = await listed(it);
    const { language, publicUrl } = await it.visitBy(request);
    const updated = versions[0]?.publicFrom ?? new Date(0);
    return [versions, { language, publicUrl, updated, sayers: it.sayers }] as const;
  };
  app.get('/bulletins.atom', hidden, async (request, reply) =>
    reply
      .type('application/atom+xml; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(atomFeed(...(await around(request)))),
  );
  app.get('/bulletins.rss', hidden, async (request, reply) =>
    reply
      .type('application/rss+xml; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(rssFeed(...(await around(request)))),
  );
}

/** What is shown, with what readers said of it. @throws Problem `publishing.unknown_bulletin` (404) */
async function shownAt(it: Serving, request: FastifyRequest, number: string, withComments = false) {
  const { version } = it.queryOf(request);
  const asked = { provinceId: it.homeProvince, number, version, now: it.house.clock.now() };
  const context = { ...provinceContext(it.homeProvince), prepare: true };
  const found = await it.house.database.transaction(context, async (tx) => {
    const shown = await findShown(tx, asked);
    if (!shown || !withComments) return shown && { ...shown, said: [] };
    const { bulletin, version: own } = shown.version;
    const at = { provinceId: bulletin.provinceId, bulletinId: bulletin.id, version: own };
    return { ...shown, said: await shownComments(tx, at) };
  });
  if (!found) throw new Problem('publishing.unknown_bulletin', { number });
  return found;
}

function serveOne(app: FastifyInstance, it: Serving): void {
  const { sayers } = it;
  const file = (as: string, type: string, make: (shown: Shown, visit: Visit) => string | Buffer) =>
    app.get<Numbered>(`/bulletins/:number${as}`, hidden, async (request, reply) => {
      const shown = await shownAt(it, request, request.params.number);
      const { language, number } = shown.version.bulletin;
      // A file is in the bulletin's own language, whoever asks.
      const visit = await it.visitBy(request);
      const own = { ...visit, language, say: sayers[language], formats: formatsOf(language) };
      const name = `bulletin-${number}-${shown.version.version}${as.replace('/', '-')}`;
      return reply
        .type(type)
        .header('cache-control', 'no-cache')
        .header('content-disposition', `inline; filename="${name}"`)
        .send(make(shown, own));
    });
  file('.pdf', 'application/pdf', ({ version, rootHash, newest }, visit) =>
    bulletinPdf(visit, version, rootHash, newest),
  );
  file('.json', 'application/json; charset=utf-8', ({ version, versions }) =>
    JSON.stringify(bulletinJson(version, sayers, versions)),
  );
  file('.csv', 'text/csv; charset=utf-8', ({ version }, { say }) => figuresCsv(version, say));
  file('/table.csv', 'text/csv; charset=utf-8', ({ version }, { say }) => tableCsv(version, say));
  app.get<Numbered>('/bulletins/:number', hidden, async (request, reply) => {
    const shown = await shownAt(it, request, request.params.number, true);
    const { version, versions, rootHash, said } = shown;
    const visit = await it.visitBy(request, version.bulletin.language);
    const comments = commentsSection(visit, version, said);
    const around = { sayers, versions, rootHash, comments };
    return it.sendPage(request, reply, bulletinPage(visit, version, around));
  });
}
