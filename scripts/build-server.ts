/**
 * Builds the program that `bin/karkhaneh` runs: `src/main.ts` and what it reaches, of a thousand files, as a few in
 * `build/server`, without types. Reading and stripping the files one by one takes seconds and 200 MB at every start.
 *
 * Packages stay packages, and what is read beside a source file (papers, data, threads) is still read there.
 */
import { rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** Large packages of which little is used, as plain modules: what nothing calls is left out. */
const cutDown = ['typebox', 'kysely', 'use-intl', 'intl-messageformat', /^@formatjs\//];

const root = fileURLToPath(new URL('..', import.meta.url));
const outFolder = join(root, 'build', 'server');

/** A module's own place is said as it was before it was put among others. */
const ownPlaces: Plugin = {
  name: 'karkhaneh-own-places',
  transform(code, id) {
    if (!id.startsWith(root) || !/\bimport\.meta\.(url|dirname)\b/.test(code)) return;
    const place = (path: string) => JSON.stringify(relative(outFolder, path));
    const here = `new URL(${place(id)}, import.meta.url)`;
    return code
      .replaceAll(/\bimport\.meta\.dirname\b/g, `import.meta.dirname + '/' + ${place(dirname(id))}`)
      .replaceAll(/\bimport\.meta\.url\b/g, `${here}.href`);
  },
};

/** Builds beside the old ones, and swaps them in whole. Throws what the bundler throws. */
async function buildServer(): Promise<void> {
  const fresh = join(root, 'build', `server-${process.pid}`);
  const old = join(root, 'build', `server-old-${process.pid}`);
  try {
    await build({
      ...{ configFile: false, root, logLevel: 'warn', publicDir: false, plugins: [ownPlaces] },
      ssr: { noExternal: cutDown },
      build: {
        ...{ ssr: 'src/main.ts', outDir: fresh, target: 'node24', minify: false },
        emptyOutDir: true,
        rolldownOptions: {
          output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    });
    await rename(outFolder, old).catch(() => {});
    await rename(fresh, outFolder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

await buildServer();
