import { hash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepNewest } from '../kit/keep-newest.ts';
import type { Html } from '../platform/html.ts';
import { etagOf, isStillRight } from './send-page.ts';

/** Pages that are kept, packed: as many as searches are (`found-keys.ts`). Each takes some seven kilobytes. */
const mostKept = 2_000;

type Packed = { readonly etag: string; readonly body: Buffer };

/** Sends the page that is drawn of `content`: any two pages drawn of the same content have to be the same. */
export type SendDrawn = (
  request: FastifyRequest,
  reply: FastifyReply,
  content: string,
  draw: () => Html,
) => FastifyReply;

/**
 * Draws and packs a page once for what is on it: of a market that many look at, most pages are those that somebody
 * was just sent. What is on a page is read anew each time, so none is older than that. Only for browsers that
 * unpack zstd, which nearly all do; others are sent theirs by `otherwise`.
 */
export function sendDrawnPages(
  otherwise: (request: FastifyRequest, reply: FastifyReply, page: Html) => FastifyReply,
): SendDrawn {
  const kept = new Map<string, Packed>();
  return (request, reply, content, draw) => {
    if (!takesZstd(request)) return otherwise(request, reply, draw());
    const named = hash('sha256', content, 'base64');
    const page = kept.get(named) ?? pack(draw());
    keepNewest(kept, named, page, mostKept);
    if (isStillRight(request, reply, page.etag)) return reply.code(304).send();
    reply.header('vary', 'cookie, accept, accept-encoding').header('content-encoding', 'zstd');
    return reply.type('text/html; charset=utf-8').send(page.body);
  };
}

function takesZstd(request: FastifyRequest): boolean {
  return /\bzstd\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(
    String(request.headers['accept-encoding'] ?? ''),
  );
}

function pack(page: Html): Packed {
  const text = page.toString();
  return { etag: etagOf(text), body: zstdCompressSync(text) };
}
