import { beforeAll, describe, expect, test } from 'vitest';
import { refuseImport, refusePackage } from './architecture/arrows.ts';
import { type ImportGraph, readImports } from './architecture/import-graph.ts';

let graph: ImportGraph;
beforeAll(async () => {
  graph = await readImports();
});

test('every import resolves', () => {
  const lost = graph.imports.filter(({ kind }) => kind === 'unresolved');
  expect(lost.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test('imports point left, and into another slice only through its door', () => {
  const found = graph.imports.flatMap(({ from, to, kind }) => {
    const why = kind === 'local' ? refuseImport(from, to) : undefined;
    return why ? [`${from} imports ${to}: ${why}`] : [];
  });
  expect(found).toEqual([]);
});

test('kit and rules are pure, pages use no Node, the product no development package', () => {
  const found = graph.imports.flatMap(({ from, to, kind }) => {
    if (kind === 'local' || kind === 'unresolved') return [];
    const why = refusePackage(from, to, kind);
    return why ? [`${from} imports ${to}: ${why}`] : [];
  });
  expect(found).toEqual([]);
});

test('no import goes in a circle, types included', () => {
  expect(graph.circles).toEqual([]);
});

describe('the arrows bite', () => {
  test('the graph is the whole tree', () => {
    expect(graph.imports.length).toBeGreaterThan(500);
    expect(graph.imports).toContainEqual({
      from: 'src/permits/routes.ts',
      to: 'src/accounts/index.ts',
      kind: 'local',
    });
    expect(graph.imports).toContainEqual({
      from: 'src/permits/routes.ts',
      to: 'typebox',
      kind: 'package',
    });
  });

  test.for([
    ['src/permits/actions.ts', 'src/kit/rial.ts'],
    ['src/permits/actions.ts', 'src/platform/history.ts'],
    ['src/financing/actions.ts', 'src/permits/index.ts'],
    ['src/financing/contract.ts', 'src/permits/contract.ts'],
    ['src/financing/rules.ts', 'src/permits/rules.ts'],
    ['src/app.ts', 'src/permits/fa.ts'],
    ['src/commands/serve.ts', 'scripts/build-web.ts'],
    ['src/commands/demo.ts', 'demo/load.ts'],
    ['demo/load.ts', 'src/permits/index.ts'],
    ['demo/pages.ts', 'src/permits/fa.ts'],
    ['src/permits/web/CasePage.tsx', 'src/web/words.ts'],
    ['src/financing/web/PlanPage.tsx', 'src/permits/rules.ts'],
    ['src/web/routes.tsx', 'src/permits/web/CasePage.tsx'],
    ['src/permits/permits.test.ts', 'test/house.ts'],
    ['scripts/build-tables.ts', 'src/platform/migrate.ts'],
  ] as const)('%s may import %s', ([from, to]) => {
    expect(refuseImport(from, to)).toBeUndefined();
  });

  test.for([
    ['src/kit/rial.ts', 'src/platform/clock.ts'],
    ['src/platform/history.ts', 'src/accounts/index.ts'],
    ['src/permits/actions.ts', 'src/financing/index.ts'],
    ['src/financing/actions.ts', 'src/permits/queries.ts'],
    ['src/financing/actions.ts', 'src/permits/contract.ts'],
    ['src/financing/rules.ts', 'src/financing/queries.ts'],
    ['src/financing/rules.ts', 'src/platform/policy.ts'],
    ['src/permits/actions.ts', 'src/app.ts'],
    ['src/permits/actions.ts', 'demo/load.ts'],
    ['src/permits/actions.ts', 'scripts/build-web.ts'],
    ['src/permits/actions.ts', 'src/permits/web/words.ts'],
    ['src/permits/actions.ts', 'test/house.ts'],
    ['src/figures/read.ts', 'src/platform/spreadsheet/zip.ts'],
    ['src/app.ts', 'src/main.ts'],
    ['src/permits/web/CasePage.tsx', 'src/permits/queries.ts'],
    ['src/permits/web/CasePage.tsx', 'src/financing/contract.ts'],
    ['src/permits/web/CasePage.tsx', 'src/accounts/web/fa.ts'],
    ['src/web/ui/Button.tsx', 'src/permits/contract.ts'],
    ['src/web/ui/Button.tsx', 'test/house.ts'],
  ] as const)('%s may not import %s', ([from, to]) => {
    expect(refuseImport(from, to)).toBeTypeOf('string');
  });

  test.for([
    ['src/kit/jalali.ts', 'node:fs', 'node'],
    ['src/kit/jalali.ts', 'temporal-polyfill', 'package'],
    ['src/permits/rules.ts', 'kysely', 'package'],
    ['src/permits/contract.ts', 'kysely', 'package'],
    ['src/permits/web/CasePage.tsx', 'node:fs', 'node'],
    ['src/platform/jobs.ts', 'fast-check', 'development package'],
    ['demo/load.ts', 'fast-check', 'development package'],
  ] as const)('%s may not import %s', ([from, name, kind]) => {
    expect(refusePackage(from, name, kind)).toBeTypeOf('string');
  });
});
