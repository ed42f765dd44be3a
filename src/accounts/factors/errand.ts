import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Errand } from '../../platform/identity-server.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { hostCookie } from '../../platform/session.ts';

const purpose = 'errand';
const cookie = 'karkhaneh-errand';
const minutes = 10;

/** Remembers an errand in the browser that is on it, sealed; null forgets it. */
export function keepErrand(
  keyring: Keyring,
  request: FastifyRequest,
  reply: FastifyReply,
  errand: Errand | null,
): void {
  const name = hostCookie(request, cookie);
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    secure: request.protocol === 'https',
  };
  if (errand === null) {
    reply.clearCookie(name, options);
    return;
  }
  const { state, nonce, verifier } = errand;
  const sealed = keyring.seal(purpose, Buffer.from(JSON.stringify([state, nonce, verifier])));
  reply.setCookie(name, sealed.toString('base64url'), { ...options, maxAge: minutes * 60 });
}

/** The errand that the browser comes back from; undefined when it was on none of ours. */
export function takeErrand(keyring: Keyring, request: FastifyRequest): Errand | undefined {
  const text = request.cookies[hostCookie(request, cookie)];
  if (text === undefined) return undefined;
  try {
    const opened = keyring.open(purpose, Buffer.from(text, 'base64url')).toString();
    const [state = '', nonce = '', verifier = ''] = JSON.parse(opened) as string[];
    return { state, nonce, verifier };
  } catch {
    return undefined;
  }
}
