import ajvCompiler from '@fastify/ajv-compiler';
import serializerSelector from '@fastify/fast-json-stringify-compiler';
import { expect, test, vi } from 'vitest';
import { lateCompilers } from '../src/platform/late-compilers.ts';
import { testHouse } from './house.ts';

/** A compiler that works at once, as Fastify's own do, and counts. */
function counted(compile: (route: never) => unknown, count: () => void) {
  return (route: never) => {
    count();
    return compile(route);
  };
}

test('what routes take and answer compiles, though the house does it only when they are asked', async () => {
  const seen = { checks: 0, writers: 0 };
  vi.spyOn(lateCompilers, 'buildValidator').mockImplementation(((schemas: never, options: never) =>
    counted(ajvCompiler()(schemas, options), () => {
      seen.checks += 1;
    })) as never);
  vi.spyOn(lateCompilers, 'buildSerializer').mockImplementation(((schemas: never, options: never) =>
    counted(serializerSelector()(schemas, options) as never, () => {
      seen.writers += 1;
    })) as never);
  const house = await testHouse();
  await house.close();
  expect(seen.checks).toBeGreaterThan(300);
  expect(seen.writers).toBeGreaterThan(300);
});
