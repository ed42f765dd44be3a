import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Keyring } from '../platform/keyring.ts';
import { hostCookie } from '../platform/session.ts';

/** A browser that was here before: its own number, and the accounts that signed in from it. */
export type Device = { readonly id: string; readonly accounts: readonly string[] };

const purpose = 'device';
const cookie = 'karkhaneh-device';
const days = 180;
/** A counter's browser has had many people at it; the last few are enough. */
const mostAccounts = 8;

/** The device by its cookie, which nobody else can make; a new one when there is none. */
export function deviceOf(keyring: Keyring, request: FastifyRequest): Device {
  const text = request.cookies[hostCookie(request, cookie)] ?? '';
  try {
    const [id = '', ...accounts] = keyring
      .open(purpose, Buffer.from(text, 'base64url'))
      .toString('latin1')
      .split(' ');
    return { id, accounts };
  } catch {
    return { id: randomBytes(12).toString('hex'), accounts: [] };
  }
}

/** Remembers the device, and that an account signed in from it. */
export function rememberDevice(
  keyring: Keyring,
  request: FastifyRequest,
  reply: FastifyReply,
  device: Device,
  accountId?: string,
): void {
  const others = device.accounts.filter((id) => id !== accountId);
  const accounts = [...(accountId ? [accountId] : []), ...others].slice(0, mostAccounts);
  const sealed = keyring.seal(purpose, Buffer.from([device.id, ...accounts].join(' '), 'latin1'));
  reply.setCookie(hostCookie(request, cookie), sealed.toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: days * 86_400,
  });
}
