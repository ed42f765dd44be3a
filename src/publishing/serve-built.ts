import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { linksOfPages } from './page-scripts.ts';

/** Where the application lives: every address of these is its one document. */
const applicationPaths = [
  ...['/sign-in', '/sign-in/*', '/office', '/office/*', '/my', '/my/*', '/field', '/field/*'],
];

/** What makes the inspector's pages an app: asked anew each time, so that a newer one is found. */
const appFiles = ['sw.js', 'manifest.webmanifest'];

/**
 * The built pages: assets, whose names carry their content's hash, for ever; the application's
 * document anew each time. Without a build there is nothing to serve.
 */
export async function serveBuilt(app: FastifyInstance, folder: string): Promise<void> {
  const assets = join(folder, 'assets');
  if (!existsSync(assets)) return;
  await app.register(fastifyStatic, {
    root: assets,
    prefix: '/assets/',
    index: false,
    immutable: true,
    // The build packs them once.
    preCompressed: true,
    maxAge: '365d',
    schemaHide: true,
  });
  for (const name of appFiles) {
    app.get(`/${name}`, { schema: { hide: true } }, async (_request, reply) => {
      reply.header('cache-control', 'no-cache');
      return reply.sendFile(name, folder, { cacheControl: false });
    });
  }
  const linksOf = linksOfPages(folder);
  for (const path of applicationPaths) {
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      reply.header('cache-control', 'no-cache').header('x-robots-tag', 'noindex');
      const links = linksOf(request.url.replace(/\?.*/, ''));
      if (links) reply.header('link', links);
      return reply.sendFile('index.html', folder, { cacheControl: false });
    });
  }
}
