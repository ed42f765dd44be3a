/**
 * The plainest server that does the same: Fastify and pg, the recorded statements of each act in the
 * batches in which the product sends them, and nothing of the product's code.
 *
 *     node bench/casework/bare.ts PLAN URL
 *
 * Prints its address. POST /submit, then /sign/CODE and /grant/CODE.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import pg from 'pg';
import type { Act, Own, Plan, Statement } from './plan.ts';

const [planFile = '', connectionString = ''] = process.argv.slice(2);
const plan: Plan = JSON.parse(readFileSync(planFile, 'utf8'));
const pool = new pg.Pool({ connectionString, max: 16, pipeline: true });
const cases = new Map<string, readonly string[]>();
let drawn = Date.now() % 1e9;

function draw(kind: Own): string {
  drawn += 1;
  if (kind === 'uuid4') return randomUUID();
  if (kind === 'nationalId') return `9${String(drawn % 1e9).padStart(9, '0')}`;
  if (kind === 'permitNumber') return `99${String(drawn).padStart(10, '0')}`;
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = randomBytes(10).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-8${rest.slice(5, 8)}-${rest.slice(8)}`;
}

/** A statement with the pieces of its values, cut once where a case's own come in. */
type Ready = {
  readonly name?: string;
  readonly text: string;
  readonly cuts: readonly (readonly string[] | null)[] | null;
};

function ready({ name, text, values }: Statement): Ready {
  const cuts = values?.map((value) => value?.split(/[«»]/) ?? null) ?? null;
  return { ...(name === null ? {} : { name }), text, cuts };
}

const acts = Object.fromEntries(
  Object.entries(plan.acts).map(([act, batches]) => [
    act,
    batches.map((batch) => batch.map(ready)),
  ]),
) as Record<Act, Ready[][]>;

function filled({ name, text, cuts }: Ready, own: readonly string[]) {
  if (!cuts) return text;
  const values = cuts.map((pieces) =>
    pieces?.map((piece, at) => (at % 2 ? own[Number(piece)] : piece)).join(''),
  );
  return { text, values, ...(name === undefined ? {} : { name }) };
}

async function carryOut(act: Act, own: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const batch of acts[act]) {
      await Promise.all(batch.map((statement) => client.query(filled(statement, own))));
    }
  } finally {
    client.release();
  }
}

const app = Fastify();
app.post('/submit', async (_request, reply) => {
  const code = randomUUID();
  const own = plan.own.map(draw);
  cases.set(code, own);
  await carryOut('submit', own);
  return reply.code(201).send({ code });
});
for (const act of ['sign', 'grant'] as const) {
  app.post<{ Params: { code: string } }>(`/${act}/:code`, async ({ params: { code } }) => {
    await carryOut(act, cases.get(code) ?? []);
    if (act === 'grant') cases.delete(code);
    return { code };
  });
}
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.stderr.write(`bare is at ${address}\n`);
