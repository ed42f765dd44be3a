import { expect, test } from 'vitest';
import { addressFault, isPublicAddress, postOutside } from './outgoing.ts';

test.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.20.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['2001:db8::1', false],
  ['not an address', false],
])('%s is of the public internet: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});

test.each([
  ['https://bank.example.com/events', undefined],
  ['https://bank.example.com:8443/events', undefined],
  ['https://93.184.216.34/', undefined],
  ['http://bank.example.com/', 'not_https'],
  ['ftp://bank.example.com/', 'not_https'],
  ['nonsense', 'not_https'],
  ['https://localhost/', 'not_public'],
  ['https://intranet/', 'not_public'],
  ['https://127.0.0.1/', 'not_public'],
  ['https://0x7f.1/', 'not_public'],
  ['https://2130706433/', 'not_public'],
  ['https://[::1]/', 'not_public'],
  ['https://[::ffff:10.0.0.1]/', 'not_public'],
  ['https://169.254.169.254/latest', 'not_public'],
  ['https://name:word@bank.example.com/', 'not_public'],
])('%s as an address for events: %s', (url, fault) => {
  expect(addressFault(url, false)).toBe(fault);
});

test('the demonstration speaks to its own machine, and to no other inside', () => {
  expect(addressFault('http://127.0.0.1:9000/', true)).toBeUndefined();
  expect(addressFault('http://localhost/', true)).toBeUndefined();
  expect(addressFault('http://10.0.0.1/', true)).toBe('not_https');
  expect(addressFault('https://10.0.0.1/', true)).toBe('not_public');
});

test('a name that leads inside is refused when the connection is made', async () => {
  // The names of this machine resolve without a network.
  const sent = { headers: {}, body: '{}', timeoutMs: 2000, demonstration: false };
  const refused = postOutside({ ...sent, url: 'https://x.localhost/' });
  await expect(refused).rejects.toThrow(/not public|ENOTFOUND|EAI_AGAIN/);
});
