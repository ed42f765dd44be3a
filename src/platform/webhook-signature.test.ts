import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSigned, readSecret, signDelivery } from './webhook-signature.ts';

const secret = randomBytes(32);
const at = 1614265330;
const body = Buffer.from('{"a": 1}');
const headers = (more: Record<string, string> = {}) => ({
  ...{ 'webhook-id': 'm', 'webhook-timestamp': String(at) },
  ...{ 'webhook-signature': signDelivery(secret, 'm', at, body), ...more },
});
const signed = (more?: Record<string, string>, nowMs = at * 1000) =>
  isSigned(secret, headers(more), body, nowMs);

test('the signature is Standard Webhooks’', () => {
  // The example of the specification's libraries.
  const example = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const made = signDelivery(example, id, at, '{"test": 2432232314}');
  expect(made).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(signDelivery(secret, id, at, '{"test": 2432232314}')).not.toBe(made);
});

test('a body is signed by whoever has the secret, and within five minutes', () => {
  expect(signed()).toBe(true);
  expect(signed({ 'webhook-signature': `v1,AAAA ${headers()['webhook-signature']}` })).toBe(true);
  expect(signed({}, (at + 300) * 1000)).toBe(true);
  expect(signed({}, (at + 301) * 1000)).toBe(false);
  expect(signed({}, (at - 301) * 1000)).toBe(false);
  expect(isSigned(randomBytes(32), headers(), body, at * 1000)).toBe(false);
  expect(isSigned(secret, headers(), Buffer.from('{"a": 2}'), at * 1000)).toBe(false);
  expect(isSigned(secret, {}, body, at * 1000)).toBe(false);
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    for (const value of ['', 'x', '1e9', '-1', '99999999999999999999']) {
      expect(signed({ [name]: value }), `${name} ${value}`).toBe(false);
    }
  }
});

test('a secret is whsec_ and base64', () => {
  expect(readSecret(`whsec_${secret.toString('base64')}`)).toEqual(secret);
  for (const text of ['', 'whsec_short', secret.toString('base64'), `whsec_${'!'.repeat(40)}`]) {
    expect(readSecret(text)).toBeUndefined();
  }
});
