import { lookup as systemLookup } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Why an address that somebody gave is not one that the house speaks to. */
export type AddressFault = 'not_https' | 'not_public';

/**
 * What is not the public internet (IANA's registries of special-purpose addresses): a stranger's address
 * there would let them reach our own network through us.
 */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inside.addSubnet(net, bits, 'ipv4');
}

/** Of IPv6 only what is handed out to the internet, without the ranges that carry or lead to an IPv4 address. */
const outside6 = new BlockList();
outside6.addSubnet('2000::', 3, 'ipv6');
const inside6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const) {
  inside6.addSubnet(net, bits, 'ipv6');
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, 'ipv4');
  if (family !== 6) return false;
  return outside6.check(address, 'ipv6') && !inside6.check(address, 'ipv6');
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

/**
 * What is wrong with an address that somebody gave, as far as it can be read off; what its name leads to is
 * looked at by {@link postOutside} each time. The demonstration may speak to its own machine over plain http.
 */
export function addressFault(text: string, demonstration: boolean): AddressFault | undefined {
  if (!URL.canParse(text)) return 'not_https';
  const { protocol, hostname, username, password } = new URL(text);
  if (demonstration && isLoopbackHost(hostname) && /^https?:$/.test(protocol)) return undefined;
  if (protocol !== 'https:') return 'not_https';
  const bare = hostname.replace(/^\[|\]$/g, '');
  const named = isIP(bare) === 0;
  if (username !== '' || password !== '') return 'not_public';
  if (named) return bare === 'localhost' || !bare.includes('.') ? 'not_public' : undefined;
  return isPublicAddress(bare) ? undefined : 'not_public';
}

/** A POST to an address that somebody outside gave. */
export type Outgoing = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** See {@link addressFault}. */
  readonly demonstration: boolean;
};

/** Answers longer than this are not read: nobody who is asked for some fields sends more. */
const mostBytes = 64 * 1024;

/**
 * Sends it and gives the status and the text of the answer; redirects are not followed.
 * @throws Error as {@link postOutside}, and for an answer that is too long or breaks off
 */
export async function askOutside(sent: Outgoing): Promise<{ status: number; text: string }> {
  return exchange(sent, async (answer) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostBytes) throw new Error('The answer is too long.');
      parts.push(part);
    }
    return { status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') };
  });
}

/**
 * Sends it and gives the status of the answer, whose body is not read and whose redirects are not followed.
 * The connection is made to the very address that was looked at, so a name cannot lead elsewhere meanwhile.
 * @throws Error for an address that is not public, a connection that fails, an answer that does not come
 */
export async function postOutside(sent: Outgoing): Promise<number> {
  return exchange(sent, async (answer) => answer.statusCode ?? 0);
}

async function exchange<T>(
  sent: Outgoing,
  read: (answer: IncomingMessage) => Promise<T>,
): Promise<T> {
  const fault = addressFault(sent.url, sent.demonstration);
  if (fault) throw new Error(`The address is refused: ${fault}.`);
  const url = new URL(sent.url);
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const own = sent.demonstration && isLoopbackHost(url.hostname);
  return new Promise((resolve, reject) => {
    const request: ClientRequest = start(
      url,
      {
        method: 'POST',
        headers: { ...sent.headers, 'content-length': String(Buffer.byteLength(sent.body)) },
        agent: false,
        signal: AbortSignal.timeout(sent.timeoutMs),
        ...(own ? {} : { lookup: publicLookup }),
      },
      (answer: IncomingMessage) => {
        read(answer)
          .then(resolve, reject)
          .finally(() => answer.destroy());
      },
    );
    request.on('error', reject);
    request.end(sent.body);
  });
}

/** The system's own answer, if every address in it is public. */
const publicLookup: LookupFunction = (host, options, done) => {
  systemLookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0);
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      return done(new Error(`${host} leads to an address that is not public.`), '', 0);
    }
    if (options.all) return done(null, addresses);
    return done(null, first.address, first.family);
  });
};
