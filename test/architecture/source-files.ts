import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';

/** A file of the tree: its path from the repository's root, with forward slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** The folders that hold code. */
export const codeFolders = ['src', 'demo', 'test', 'scripts', 'bench'] as const;

const notOurs = new Set(['node_modules', '.git', '.data', 'build', 'coverage', '.bench']);

/** Paths of everything below the root that people wrote; no generated file, nothing that npm or a run made. */
export function treePaths(folder = ''): string[] {
  return readdirSync(join(repositoryFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return treePaths(path);
    return /\.generated\.tsx?$/.test(path) ? [] : [path];
  });
}

/** The files of the code folders whose path matches, with their text. */
export function codeFiles(pattern: RegExp): SourceFile[] {
  return treePaths()
    .filter((path) => codeFolders.some((folder) => path.startsWith(`${folder}/`)))
    .filter((path) => pattern.test(path))
    .map(readSource);
}

/** One file by its path from the root. */
export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(repositoryFolder, path), 'utf8') };
}

/** A test, or something only tests use: free of the arrows and of the rule on words. */
export function isTest(path: string): boolean {
  return path.startsWith('test/') || /\.test\.tsx?$/.test(path);
}

/** Part of the pages: the shell or a slice's `web/`. */
export function isWeb(path: string): boolean {
  return /^src\/(?:[^/]+\/)?web\//.test(path);
}
