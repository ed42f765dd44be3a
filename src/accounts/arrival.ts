import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../platform/endpoint.ts';
import type { Act } from '../platform/history.ts';
import { setSessionCookie } from '../platform/session.ts';
import type { Asked, SignedIn } from './actions.ts';
import { deviceOf, rememberDevice } from './device.ts';
import { networkOf } from './tries.ts';

/** How a request comes, as far as signing in looks at it. */
export function askedBy(house: House, act: Act, request: FastifyRequest): Asked {
  return {
    now: act.now,
    today: act.today,
    userAgent: request.headers['user-agent'],
    device: deviceOf(house.keyring, request),
    network: house.limitByAddress ? networkOf(request.ip) : undefined,
  };
}

/** Hands over a session: the cookie, and the browser remembered as one that was here. */
export function arrive(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  { device }: Asked,
  { token, accountId, stage }: SignedIn,
) {
  setSessionCookie(request, reply, token);
  // A password alone is what a thief may have: the browser counts as known once all was shown.
  if (stage === 'whole') rememberDevice(house.keyring, request, reply, device, accountId);
  return { signedIn: true as const, next: stage === 'whole' ? null : stage };
}
