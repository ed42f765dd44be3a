import { randomInt, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { homeProvince, sayers } from '../../src/app.ts';
import { decodeCode, encodeCode } from '../../src/kit/code.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import type { AnyEndpoint } from '../../src/platform/endpoint.ts';
import { codeFiles } from '../architecture/source-files.ts';
import { type Schema, sampleOf } from '../sample.ts';

type MakeRoutes = (say: typeof sayers, province: number) => readonly AnyEndpoint[];

const modulesIn = (paths: readonly string[]): Promise<Record<string, unknown>[]> =>
  Promise.all(paths.map((path) => import(join(repositoryFolder, path))));

/** What every slice's door exports as `…Routes`. */
export async function declaredEndpoints(): Promise<AnyEndpoint[]> {
  const doors = codeFiles(/^src\/[^/]+\/index\.ts$/).map(({ path }) => path);
  return (await modulesIn(doors))
    .flatMap((module) => Object.entries(module))
    .filter(([name]) => name.endsWith('Routes'))
    .flatMap(([, made]) =>
      typeof made === 'function'
        ? (made as MakeRoutes)(sayers, homeProvince)
        : (made as readonly AnyEndpoint[]),
    );
}

/** The endpoints that a matrix of its own judges: whatever `scripts/permission-*.ts` export as `…Endpoints`. */
export async function judgedElsewhere(): Promise<ReadonlySet<string>> {
  const files = readdirSync(join(repositoryFolder, 'scripts'))
    .filter((name) => name.startsWith('permission-') && name !== 'permission-table.ts')
    .map((name) => `scripts/${name}`);
  const lists = (await modulesIn(files))
    .flatMap((module) => Object.entries(module))
    .filter(([name, value]) => name.endsWith('Endpoints') && Array.isArray(value))
    .flatMap(([, value]) => value as readonly AnyEndpoint[]);
  return new Set(lists.map(({ id }) => id));
}

/** Whether an endpoint's address names something. */
export const namesSomething = ({ url }: AnyEndpoint): boolean => url.includes('/:');

/** Most addresses carry a code; a bare id is of the asker's own province and needs none. */
const inAddress = (field: Schema | undefined, code: string): string =>
  field?.format === 'uuid' ? (decodeCode(code)?.id ?? code) : code;

/** A request that fits an endpoint's shapes; what its address names is `named`, or nothing that is there. */
export function requestOf(it: AnyEndpoint, cookie: string, named?: string): InjectOptions {
  const code = named ?? encodeCode(4, randomUUID());
  const fields = (it.params as Schema | undefined)?.properties ?? {};
  const url = it.url.replaceAll(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(
      name === 'code' || (name === 'id' && named !== undefined)
        ? inAddress(fields[name], code)
        : String(sampleOf(fields[name] ?? { type: 'string' })),
    ),
  );
  const query = it.query ? (sampleOf(it.query as Schema) as Record<string, string>) : {};
  const headers = { cookie, 'idempotency-key': randomUUID() };
  // Limits by address are not what is asked about here.
  const remoteAddress = `10.0.${randomInt(256)}.${randomInt(256)}`;
  const rest = { method: it.method, url, headers, query, remoteAddress };
  if (it.method === 'GET' || it.method === 'DELETE') return rest;
  if (it.method === 'PUT') {
    const type = { 'content-type': 'application/octet-stream' };
    return { ...rest, headers: { ...headers, ...type }, payload: Buffer.from('x') };
  }
  const body = it.body ? (sampleOf(it.body as Schema) as Record<string, unknown>) : {};
  if (it.form) return { ...rest, payload: new URLSearchParams(body as never).toString() };
  if (!it.upload) return { ...rest, payload: body };
  return { ...rest, ...formOf(headers, body) };
}

function formOf(headers: Record<string, string>, fields: Record<string, unknown>) {
  const edge = 'x-edge-x';
  const parts = Object.entries(fields).map(([name, value]) => {
    const file = name === 'file' ? '; filename="a.csv"\r\ncontent-type: text/csv' : '';
    return `--${edge}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  const type = { 'content-type': `multipart/form-data; boundary=${edge}` };
  return { headers: { ...headers, ...type }, payload: `${parts.join('')}--${edge}--\r\n` };
}

/** What came back: the status and, of a problem, its code. */
export async function ask(
  app: FastifyInstance,
  request: InjectOptions,
): Promise<{ status: number; code: string; text: string }> {
  const { statusCode, body, headers } = await app.inject(request);
  const json = String(headers['content-type']).includes('problem+json');
  return { status: statusCode, code: json ? JSON.parse(body).code : '', text: body };
}
