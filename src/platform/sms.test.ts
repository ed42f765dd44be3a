import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewaySms, openSms, outboxSms } from './sms.ts';

const asked: { token: string | undefined; body: unknown }[] = [];
let status = 200;
const server = createServer(async (request: IncomingMessage, response) => {
  asked.push({ token: request.headers.authorization, body: await json(request) });
  response.writeHead(status).end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

function gateway() {
  const { port } = server.address() as AddressInfo;
  return gatewaySms({ url: `http://127.0.0.1:${port}/send`, token: 'secret' });
}

test('the gateway is given id, number, text and token', async () => {
  await gateway().deliver({ id: 'a', mobile: '09141234567', text: 'کد: ۱۲۳۴۵۶' });
  expect(asked).toEqual([
    { token: 'Bearer secret', body: { id: 'a', to: '09141234567', text: 'کد: ۱۲۳۴۵۶' } },
  ]);
});

test('a gateway that refuses makes the job fail, so that it is tried again', async () => {
  status = 503;
  await expect(gateway().deliver({ id: 'b', mobile: '09141234567', text: 'x' })).rejects.toThrow(
    /503/,
  );
});

test('without a gateway the messages stay in the outbox', () => {
  expect(openSms({ smsGateway: undefined })).toBe(outboxSms);
  expect(openSms({ smsGateway: { url: 'http://x', token: 'y' } }).keepsText).toBe(false);
});
