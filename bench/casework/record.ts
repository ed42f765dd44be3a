/**
 * Loaded before the product (`node --import`), writes down every statement that the product sends for
 * casework, and which of them went out together: a JSON line each, into the file that RECORD_STATEMENTS
 * names. Statements are in one batch when one was sent before the others' answers had come.
 */
import { appendFileSync } from 'node:fs';
import pg from 'pg';

const file = process.env.RECORD_STATEMENTS ?? '';

type Query = { text: string; name?: string; values?: unknown[] };
type Recorded = pg.Client & {
  readonly connectionParameters: { readonly application_name: string };
};

/** A connection, by the order in which they first sent something; how many of its statements wait for their answer, and which batch they went out in. */
type Sending = { readonly connection: number; waiting: number; batch: number };
const sendings = new WeakMap<object, Sending>();
let connections = 0;
let batches = 0;

function sendingOf(client: object): Sending {
  const known = sendings.get(client);
  if (known) return known;
  connections += 1;
  const sending = { connection: connections, waiting: 0, batch: 0 };
  sendings.set(client, sending);
  return sending;
}

/** A parameter as the wire has it: text, whatever the driver would make of it. */
function wireText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
}

const query = pg.Client.prototype.query as (this: pg.Client, ...words: unknown[]) => unknown;

function recording(this: Recorded, ...words: unknown[]): unknown {
  const [first, values] = words as [string | Query, unknown[] | undefined];
  const asked = typeof first === 'string' ? { text: first, ...(values ? { values } : {}) } : first;
  if (this.connectionParameters.application_name !== 'karkhaneh casework') {
    return query.apply(this, words);
  }
  const sending = sendingOf(this);
  if (sending.waiting === 0) {
    batches += 1;
    sending.batch = batches;
  }
  sending.waiting += 1;
  const done = () => {
    sending.waiting -= 1;
  };
  // A pool asks with a callback, a transaction waits for a promise.
  const told = words.at(-1);
  if (typeof told === 'function') {
    words[words.length - 1] = (...answers: unknown[]) => {
      done();
      told(...answers);
    };
  }
  const answer = query.apply(this, words);
  if (answer instanceof Promise) answer.then(done, done);
  const { text, name = null } = asked;
  const { connection, batch } = sending;
  const line = { connection, batch, name, text, values: asked.values?.map(wireText) ?? null };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  return answer;
}

pg.Client.prototype.query = recording as typeof pg.Client.prototype.query;
