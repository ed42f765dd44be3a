import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { repositoryFolder } from '../src/platform/config.ts';
import { chunksFrom, type Manifest, readManifest } from '../src/publishing/build-manifest.ts';
import firstPages from '../src/publishing/first-pages.json' with { type: 'json' };
import { linksOfPages } from '../src/publishing/page-scripts.ts';
import budgets from './bundle-budgets.json' with { type: 'json' };
import { buildPages } from './e2e/pages.ts';

const folder = join(repositoryFolder, 'build', 'web');
const shell = 'index.html';
const kilobyte = 1000;

/** Scripts and styles that have to be there before a chunk runs, by their names. */
const filesOf = (manifest: Manifest, name: string): string[] =>
  chunksFrom(manifest, [name])
    .flatMap(({ file, css = [] }) => [file, ...css])
    .filter((file) => /\.(?:js|css)$/.test(file));

/** What each page brings besides the shell, and the shell itself: kilobytes over the network, packed by gzip. */
async function measure(): Promise<Map<string, number>> {
  const manifest = readManifest(folder);
  const weights = new Map<string, number>();
  const weigh = async (file: string) => {
    const known = weights.get(file) ?? gzipSync(await readFile(join(folder, file))).length;
    weights.set(file, known);
    return known;
  };
  const inShell = new Set(filesOf(manifest, shell));
  const sizes = new Map<string, number>();
  for (const [name, { isDynamicEntry }] of Object.entries(manifest)) {
    if (name !== shell && !isDynamicEntry) continue;
    const files = new Set(filesOf(manifest, name));
    const own = name === shell ? files : files.difference(inShell);
    const bytes = await Promise.all([...own].map(weigh));
    sizes.set(name, bytes.reduce((sum, one) => sum + one, 0) / kilobyte);
  }
  return sizes;
}

test('no page brings more scripts and styles than its budget, and each has one', async () => {
  await buildPages();
  const sizes = await measure();
  const known: Record<string, number> = budgets;
  const over = [...sizes]
    .filter(([name, size]) => size > (known[name] ?? 0))
    .map(([name, size]) => `${name}: ${size.toFixed(1)} kB, budget ${known[name] ?? 'none'}`);
  expect(over).toEqual([]);
  expect(Object.keys(known).filter((name) => !sizes.has(name))).toEqual([]);
});

test('what the pages that are come to straight say of their scripts is there', async () => {
  await buildPages();
  const linksOf = linksOfPages(folder);
  for (const path of Object.keys(firstPages)) {
    const links = linksOf(path) ?? '';
    const files = [...links.matchAll(/<\/([^>]+)>; rel=modulepreload/g)].map((one) => one[1] ?? '');
    expect(files[0], path).toMatch(/^assets\/app-/);
    for (const file of files) expect(existsSync(join(folder, file)), file).toBe(true);
  }
});
