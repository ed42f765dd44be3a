import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const hidden = { schema: { hide: true } };
const script = 'text/javascript; charset=utf-8';

/** The parts of ALTCHA's widget that need neither inline script nor inline worker, and our own beginning. */
const parts = [
  ['start.js', script, fileURLToPath(new URL('./browser/start.js', import.meta.url))],
  ['altcha.js', script, inPackage('external/altcha.min.js')],
  ['altcha.css', 'text/css; charset=utf-8', inPackage('external/altcha.css')],
  ['pbkdf2.js', script, inPackage('workers/pbkdf2.js')],
  ['words.js', script, inPackage('i18n/fa.js')],
] as const;

function inPackage(name: string): string {
  const main = fileURLToPath(import.meta.resolve('altcha'));
  return join(main, '..', '..', name);
}

/** Serves the captcha from this house: nobody else hears of a reader. */
export function serveWidget(app: FastifyInstance): void {
  for (const [name, type, path] of parts) {
    const file = readFile(path);
    app.get(`/comments/${name}`, hidden, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'public, max-age=86400')
        .send(await file),
    );
  }
}
