import { createHash, randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jpegBytes } from '../../test/picture-bytes.ts';
import type { Inspector } from './seed.ts';

/** Bytes a second of one phone's line: 256 kbit/s. */
const line = 32 * 1024;
/** Every so many requests the answer is taken for lost, and the same is sent again. */
const lostEvery = 20;
/** Of twenty visits five have no photo, fifteen have four each. */
const photosOf = (visit: number) => (visit % 4 === 3 ? 0 : 4);
const patienceMs = 30_000;

/** What phones found: how long a visit without photos took, and how much was sent, milliseconds and bytes. */
export type Found = { readonly times: number[]; bytes: number; requests: number; broken: number };

/** Sends everything that an inspector brought back. It ends when the server has applied all of it. */
export class Phone {
  readonly #base: string;
  readonly #inspector: Inspector;
  readonly #found: Found;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #device = randomUUID();
  #sent = 0;

  constructor(base: string, inspector: Inspector, found: Found) {
    this.#base = base;
    this.#inspector = inspector;
    this.#found = found;
  }

  async run(): Promise<void> {
    const body = { id: this.#device, label: 'x', dataKey: 'A'.repeat(43) };
    await this.#ask('POST', '/api/field-devices', JSON.stringify(body));
    const pack = await this.#ask('GET', `/api/field-pack?device=${this.#device}`);
    const bases = new Map<string, Taken>(pack.visits.map((one: Taken) => [one.code, one]));
    const records: object[] = [];
    for (const [at, code] of this.#inspector.visits.entries()) {
      const record = this.#record(at, bases.get(code));
      records.push(record.body);
      const started = performance.now();
      const reply = await this.#sync([record.body], started);
      if (record.photos.length === 0 && reply.took) this.#found.times.push(reply.took);
      for (const bytes of record.photos) await this.#photo(bytes);
    }
    this.#agent.destroy();
    await this.#settle(records);
  }

  #record(at: number, visit: Taken | undefined) {
    const photos = Array.from({ length: photosOf(at) }, () => jpegOf(randomUUID()));
    const when = new Date().toISOString();
    const named = photos.map((bytes) => ({
      ...{ sha256: digestOf(bytes), bytes: bytes.length, type: 'image/jpeg', question: 'photo' },
      ...{ takenAt: when, place: null },
    }));
    const answers = {
      seen: 'yes',
      ...(named.length > 0 ? { photo: named.map(({ sha256 }) => sha256) } : {}),
    };
    const about = { kind: 'outcome', visit: visit?.code, base: visit?.base };
    const body = {
      ...{ id: randomUUID(), seq: at + 1, ...about, checklist: visit?.checklist },
      ...{ verb: 'supervision.pass', answers, at: when, photos: named },
    };
    return { body, photos };
  }

  async #sync(records: readonly object[], started = performance.now()) {
    const deviceNow = new Date().toISOString();
    const body = JSON.stringify({ device: this.#device, deviceNow, waiting: 0, records });
    const before = this.#found.broken;
    const reply = await this.#ask('POST', '/api/field-records', body);
    const whole = this.#found.broken === before;
    return { reply, took: whole ? performance.now() - started : undefined };
  }

  async #photo(bytes: Buffer): Promise<void> {
    const path = `/api/field-photos/${digestOf(bytes)}?device=${this.#device}&offset=0`;
    await this.#ask('PUT', path, bytes);
  }

  /** Asks where the records stand until all of them are applied. */
  async #settle(records: readonly object[]): Promise<void> {
    for (let pause = 2000; ; pause = Math.min(pause * 1.5, 15_000)) {
      const { reply } = await this.#sync(records);
      const states: string[] = reply.records.map((one: { state: string }) => one.state);
      if (states.every((state) => state === 'applied')) return;
      if (states.includes('conflict')) throw new Error(JSON.stringify(reply.records));
      await sleep(pause);
    }
  }

  /** One request over the slow line, again and again until it is answered; sometimes once more than needed. */
  async #ask(method: string, path: string, body?: string | Buffer) {
    for (let pause = 500; ; pause = Math.min(pause * 2, 8000)) {
      try {
        this.#sent += 1;
        const size = body === undefined ? 0 : Buffer.byteLength(body);
        await sleep((size / line) * 1000);
        this.#found.bytes += size;
        this.#found.requests += 1;
        const answer = await this.#once(method, path, body);
        if (method === 'GET' || this.#sent % lostEvery !== 0) return answer;
      } catch (error) {
        if (error instanceof Refused) throw error;
        this.#found.broken += 1;
        await sleep(pause);
      }
    }
  }

  async #once(method: string, path: string, body?: string | Buffer) {
    const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
    const headers = {
      cookie: this.#inspector.cookie,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    };
    const how = { method, headers, agent: this.#agent, timeout: patienceMs };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${this.#base}${path}`, how, resolve);
      asked.on('error', reject);
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.end(body);
    });
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const status = answer.statusCode ?? 500;
    if (status >= 500) throw new Error(text);
    if (status >= 400) throw new Refused(`${method} ${path}: ${status} ${text}`);
    return JSON.parse(text);
  }
}

class Refused extends Error {}

type Taken = { readonly code: string; readonly base: number; readonly checklist: string };

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A small picture that is no other: its coded data is its own. */
function jpegOf(id: string): Buffer {
  const bytes = jpegBytes(2000);
  bytes.write(id, bytes.indexOf(0x2a), 'latin1');
  return bytes;
}
