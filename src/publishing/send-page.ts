import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from '../platform/html.ts';

/** Sends a page, or says that the one the browser has is still right. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: Html): FastifyReply {
  const body = page.toString();
  if (isStillRight(request, reply, etagOf(body))) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(body);
}

/** The mark of a page by its text. */
export function etagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** Says how a page may be kept, and whether the browser has the very one. */
export function isStillRight(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag).header('cache-control', 'no-cache').header('vary', 'cookie, accept');
  return reply.statusCode === 200 && request.headers['if-none-match'] === etag;
}
