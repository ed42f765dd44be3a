import type { FastifyInstance } from 'fastify';
import { Problem } from '../kit/problem.ts';

/**
 * What the API answers is for whoever asked, at that moment: no browser and no proxy keeps it, so nothing of it is
 * there after signing out (ASVS 14.3.2). An endpoint that says how long its answer may be kept is believed.
 */
export function keepFromCaches(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    const isOfApi = /^\/(?:api|oauth)\//.test(request.url);
    if (isOfApi && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'private, no-store');
  });
}

/** A write that a browser sends from another site is refused, whatever cookie it carries. */
export function refuseForeignWrites(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new Problem('platform.forbidden');
    }
  });
}
