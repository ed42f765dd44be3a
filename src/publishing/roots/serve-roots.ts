import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../../platform/endpoint.ts';
import type { Html } from '../../platform/html.ts';
import { provinceContext } from '../../platform/policy.ts';
import { listRoots, publishedRoot } from '../../platform/roots/index.ts';
import type { Visit } from '../layout.ts';
import { rootsPage, rootsPath } from './page.ts';

/** What the public site lends the page of the roots. */
export type Serving = {
  readonly house: House;
  readonly homeProvince: number;
  readonly visitBy: (request: FastifyRequest) => Promise<Visit>;
  readonly sendPage: (request: FastifyRequest, reply: FastifyReply, page: Html) => FastifyReply;
};

const hidden = { schema: { hide: true } };

/** The signed roots of the record, for anyone: a page, and a file to keep. */
export function serveRoots(app: FastifyInstance, it: Serving): void {
  const { database, signingKey } = it.house;
  const read = async () => {
    const context = { ...provinceContext(it.homeProvince), pool: 'reports' as const };
    const rows = await database.transaction(context, (tx) => listRoots(tx, it.homeProvince));
    return rows.map(publishedRoot);
  };
  app.get(rootsPath, hidden, async (request, reply) => {
    const page = rootsPage(await it.visitBy(request), await read(), signingKey.id);
    return it.sendPage(request, reply, page);
  });
  app.get(`${rootsPath}.json`, hidden, async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return { key: signingKey.id, roots: await read() };
  });
}
