import { X509Certificate } from 'node:crypto';
import { request as askPlain } from 'node:http';
import { request as askOverTls, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { authority, type Certified } from '../../test/tls-certificates.ts';

const header = 'X-Client-Cert';
const banks = authority('Banks of the tests');
const strangers = authority('Nobody whom we know');
const [mine, other, forged, house] = [
  banks.certify('MELLAT'),
  banks.certify('SADERAT'),
  strangers.certify('MELLAT'),
  banks.certify('karkhaneh'),
];

let at: TestHouse;
let proxy: Server;
let client: { clientId: string; secret: string };

beforeAll(async () => {
  at = await testHouse(undefined, true, { certificateHeader: header });
  await at.app.listen({ host: '127.0.0.1', port: 0 });
  proxy = await startProxy((at.app.server.address() as AddressInfo).port);
  const admin = await at.signIn({ role: 'admin', organisationId: 'DIRECTORATE' });
  const certificate = await thumbprintOf(mine);
  const made = await admin.post('/api/bank-clients', {
    ...{ bankId: 'MELLAT', name: 'core', scopes: ['referrals.read'], certificate },
  });
  expect(made.status).toBe(201);
  client = made.body;
});
afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
  await at.close();
});

async function thumbprintOf({ cert }: Certified): Promise<string> {
  const { raw } = new X509Certificate(cert);
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(raw));
  return Buffer.from(digest).toString('base64url');
}

/** Ends TLS as the runbook's proxies do: a certificate that it verified goes along, a header of the client's never. */
async function startProxy(port: number): Promise<Server> {
  const asking = { requestCert: true, rejectUnauthorized: false, ca: banks.cert };
  const server = createServer({ ...house, ...asking }, (from, to) => {
    const socket = from.socket as TLSSocket;
    const headers = { ...from.headers };
    delete headers[header.toLowerCase()];
    const shown = socket.authorized ? socket.getPeerX509Certificate() : undefined;
    if (shown) headers[header.toLowerCase()] = encodeURIComponent(shown.toString());
    const on = askPlain(
      { host: '127.0.0.1', port, path: from.url, method: from.method, headers },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      },
    );
    from.pipe(on);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

type Sent = { readonly method: string; readonly headers: Record<string, string>; body?: string };

/** One request over a handshake of its own, with the certificate that is shown, if any. */
function over(shown: Certified | undefined, path: string, { body, ...sent }: Sent) {
  const { port } = proxy.address() as AddressInfo;
  const to = { host: '127.0.0.1', port, path, ca: banks.cert, agent: false, ...shown, ...sent };
  return new Promise<{ status: number; body: Record<string, string> }>((resolve, reject) => {
    const call = askOverTls(to, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) });
    });
    call.on('error', reject);
    call.end(body);
  });
}

function askToken(shown: Certified | undefined, more: Record<string, string> = {}) {
  const basic = Buffer.from(`${client.clientId}:${client.secret}`).toString('base64');
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = { ...type, authorization: `Basic ${basic}`, ...more };
  return over(shown, '/oauth/token', {
    ...{ method: 'POST', headers, body: 'grant_type=client_credentials' },
  });
}

const list = (shown: Certified | undefined, token: string, more: Record<string, string> = {}) =>
  over(shown, '/api/bank/v1/referrals', {
    ...{ method: 'GET', headers: { authorization: `Bearer ${token}`, ...more } },
  });

test('a bank’s system gets a token by the handshake with its own certificate, and no other', async () => {
  const token = await askToken(mine);
  expect([token.status, token.body.token_type]).toEqual([200, 'Bearer']);
  for (const shown of [undefined, other, forged]) {
    const refused = await askToken(shown);
    expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client']);
  }
});

test('a token that was stolen opens nothing without the certificate', async () => {
  const { access_token: token = '' } = (await askToken(mine)).body;
  expect((await list(mine, token)).status).toBe(200);
  for (const shown of [undefined, other, forged]) {
    expect((await list(shown, token)).status).toBe(401);
  }
});

test('a certificate in a header of the client’s own is worth nothing behind the proxy', async () => {
  const { access_token: token = '' } = (await askToken(mine)).body;
  const said = { [header]: encodeURIComponent(mine.cert) };
  expect((await askToken(undefined, said)).status).toBe(401);
  expect((await list(other, token, said)).status).toBe(401);
});

test('the house’s own certificate is verified by those who ask', async () => {
  const { port } = proxy.address() as AddressInfo;
  const asked = new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port, path: '/healthz', ca: strangers.cert, agent: false };
    askOverTls(to, resolve).on('error', reject).end();
  });
  await expect(asked).rejects.toThrow(/self-signed|verify|certificate/i);
});
