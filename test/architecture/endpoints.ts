import type { AnyEndpoint } from '../../src/platform/endpoint.ts';

const shortestReason = 15;

/** What is wrong with who may call an endpoint: nobody, anybody without a reason, or twice without saying why. */
export function refuseAccess({ id, access, method, notIdempotent }: AnyEndpoint): string[] {
  const found: string[] = [];
  if ('public' in access) {
    if (access.public.length < shortestReason) found.push(`${id} does not say why it is public`);
  } else if (!access.table[access.permission]?.length) {
    found.push(`${id} names ${access.permission}, which nobody holds`);
  }
  if (method !== 'GET' && notIdempotent !== undefined && notIdempotent.length < shortestReason) {
    found.push(`${id} does not say why a second call may act twice`);
  }
  return found;
}

/** `GET /api/cases/:code` and so on, from the tree that Fastify prints without common prefixes. */
export function routesIn(printed: string): string[] {
  const found: string[] = [];
  const parents: string[] = [];
  for (const line of printed.split('\n')) {
    const [, indent = '', part = '', methods = ''] =
      /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (part === '') continue;
    const depth = indent.length / 4;
    parents[depth] = `${depth === 0 ? '' : parents[depth - 1]}${part}`;
    // The slash before a wildcard is not printed.
    const path = parents[depth]?.replace(/(?<=\w)\*$/, '/*');
    found.push(...methods.split(', ').map((method) => `${method} ${path}`));
  }
  return found;
}
