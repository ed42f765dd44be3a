import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Config, IdentityServerConfig } from './config.ts';

/** What has to be remembered between leaving for the identity server and coming back. */
export type Errand = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Whom the identity server vouches for. */
export type Vouched = {
  /** Its name for the person. */
  readonly subject: string;
  /** Whether it says that it has seen more than a password. */
  readonly secondFactor: boolean;
};

/** A ministry's own identity server (OpenID Connect, authorization code with PKCE). */
export interface IdentityServer {
  /** What the sign-in page calls it. */
  readonly name: string;
  /** Where to send the browser, and what to remember meanwhile. */
  begin(back: string): Promise<{ url: string; errand: Errand }>;
  /** Whom the browser came back as. Rejects when anything about it is wrong. */
  finish(back: URL, errand: Errand): Promise<Vouched>;
}

/** What RFC 8176 calls the ways of showing oneself that are more than a password. */
const strong = ['mfa', 'otp', 'hwk', 'swk', 'sc', 'pop', 'fpt', 'face'];

/** The identity server that is configured; undefined when none is. It is asked when it is first needed. */
export function openIdentityServer(
  config: Pick<Config, 'identityServer'>,
): IdentityServer | undefined {
  const { identityServer: given } = config;
  if (!given) return undefined;
  let known: Promise<Configuration> | undefined;
  const server = (): Promise<Configuration> => {
    known ??= discover(given).catch((error) => {
      // An identity server that was away when it was first needed may be there the next time.
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    name: given.name,
    begin: async (back) => leaveFor(await server(), back),
    finish: async (back, errand) => comeBack(await server(), back, errand),
  };
}

async function leaveFor(server: Configuration, back: string) {
  const errand = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(server, {
    redirect_uri: back,
    scope: 'openid',
    code_challenge: await calculatePKCECodeChallenge(errand.verifier),
    code_challenge_method: 'S256',
    state: errand.state,
    nonce: errand.nonce,
  });
  return { url: url.href, errand };
}

async function comeBack(server: Configuration, back: URL, errand: Errand): Promise<Vouched> {
  const tokens = await authorizationCodeGrant(server, back, {
    pkceCodeVerifier: errand.verifier,
    expectedState: errand.state,
    expectedNonce: errand.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('The identity server vouched for nobody.');
  const ways = Array.isArray(claims.amr) ? claims.amr.map(String) : [];
  return { subject: claims.sub, secondFactor: ways.some((way) => strong.includes(way)) };
}

function discover({ issuer, clientId, clientSecret }: IdentityServerConfig) {
  // The configuration lets http through for this machine alone.
  const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
  return discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: 10 });
}
