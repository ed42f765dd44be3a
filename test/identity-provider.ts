import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** An identity server on this machine that signs anybody in at once, as who the test says. */
export type IdentityProvider = {
  readonly issuer: string;
  /** Who comes next, and whether with more than a password. */
  next: { subject: string; amr: string[] };
  readonly close: () => Promise<void>;
};

/** What the house is known by there. */
export const client = {
  clientId: 'karkhaneh',
  clientSecret: 'a secret of tests that is long enough',
};

function registered(back: string) {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: [back],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
  };
}

/** Starts the provider of the package `oidc-provider`; `back` is where browsers return to. */
export async function startIdentityProvider(back: string): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const it = { issuer, next: { subject: 'nobody', amr: ['pwd'] }, close: () => stop(server) };
  const provider = new Provider(issuer, {
    clients: [registered(back)],
    claims: { openid: ['sub', 'amr'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['test'] },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
    loadExistingGrant: async (ctx) => {
      const { session } = ctx.oidc;
      const grant = new provider.Grant({
        clientId: client.clientId,
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    const { subject, amr } = it.next;
    const login = { accountId: subject, amr, remember: false };
    return provider.interactionFinished(request, response, { login });
  });
  return it;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Follows a browser's way through the provider, with its cookies. @returns the address it comes back to */
export async function walkThrough(start: string, back: string): Promise<URL> {
  const jar = new Map<string, string>();
  let at = start;
  for (let step = 0; step < 10 && !at.startsWith(back); step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const text of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      jar.set(name, value);
    }
    const location = reply.headers.get('location');
    if (!location) throw new Error(`${reply.status} at ${at}: ${await reply.text()}`);
    at = new URL(location, at).href;
  }
  return new URL(at);
}
