import { cruise, type ICruiseOptions, type IDependency } from 'dependency-cruiser';
import { repositoryFolder } from '../../src/platform/config.ts';
import { codeFolders, treePaths } from './source-files.ts';

/** One import in one file. */
export type Import = {
  readonly from: string;
  /** A path from the repository's root; for a package or a Node module, its name. */
  readonly to: string;
  readonly kind: 'local' | 'node' | 'package' | 'development package' | 'unresolved';
};

export type ImportGraph = {
  readonly imports: readonly Import[];
  /** Each circle once, as `a → b → a`. */
  readonly circles: readonly string[];
};

/** TypeScript's own imports, types included; swc reads them because TypeScript 7 has no parser to lend. */
const options: ICruiseOptions = {
  baseDir: repositoryFolder,
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '\\.generated\\.ts$' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
  },
};

/** Reads every import of the code folders. */
export async function readImports(): Promise<ImportGraph> {
  const present = codeFolders.filter((folder) => treePaths(folder).length > 0);
  const { output } = await cruise([...present], options);
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text');
  const all = output.modules.flatMap((module) =>
    module.dependencies.map((dependency) => ({ from: module.source, dependency })),
  );
  const circles = all
    .filter(({ dependency }) => dependency.circular)
    .map(({ from, dependency }) => circle(from, dependency));
  return {
    imports: all.map(({ from, dependency }) => toImport(from, dependency)),
    circles: [...new Set(circles)].sort(),
  };
}

function toImport(from: string, dependency: IDependency): Import {
  const types = dependency.dependencyTypes;
  if (dependency.couldNotResolve) return { from, to: dependency.module, kind: 'unresolved' };
  if (types.includes('core')) return { from, to: dependency.module, kind: 'node' };
  if (types.includes('npm-dev'))
    return { from, to: packageOf(dependency), kind: 'development package' };
  if (!types.includes('local')) return { from, to: packageOf(dependency), kind: 'package' };
  return { from, to: dependency.resolved, kind: 'local' };
}

/** `@fastify/cookie/types` → `@fastify/cookie`. */
function packageOf({ module }: IDependency): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The same circle reads the same from whichever of its files it was found. */
function circle(from: string, { cycle = [] }: IDependency): string {
  const files = [from, ...cycle.map(({ name }) => name).filter((name) => name !== from)];
  const first = files.indexOf([...files].sort()[0] ?? from);
  const turned = [...files.slice(first), ...files.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
