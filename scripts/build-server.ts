/**
 * Builds the program that `bin/karkhaneh` runs: `src/main.ts` and what it reaches, of a thousand files, as a few in
 * `build/server`, without types. Reading and stripping the files one by one takes seconds and 200 MB at every start.
 *
 * Packages stay packages, and what is read beside a source file (papers, data, threads) is still read there.
 */
import { readdir, readlink, rename, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** Large packages of which little is used, as plain modules: what nothing calls is left out. */
const cutDown = ['typebox', 'kysely', 'use-intl', 'intl-messageformat', /^@formatjs\//];

const root = fileURLToPath(new URL('..', import.meta.url));
const builds = join(root, 'build');
/** What points to the newest. */
const pointer = join(builds, 'server');

/** A module's own place is said as it was before it was put among others. */
const ownPlaces: Plugin = {
  name: 'karkhaneh-own-places',
  transform(code, id) {
    if (!id.startsWith(root) || !/\bimport\.meta\.(url|dirname)\b/.test(code)) return;
    const place = (path: string) => JSON.stringify(relative(pointer, path));
    const here = `new URL(${place(id)}, import.meta.url)`;
    return code
      .replaceAll(/\bimport\.meta\.dirname\b/g, `import.meta.dirname + '/' + ${place(dirname(id))}`)
      .replaceAll(/\bimport\.meta\.url\b/g, `${here}.href`);
  },
};

/**
 * Builds into a folder of its own, and lets `build/server` point to it: whoever starts at that moment finds the one or
 * the other whole. The one before stays, for the processes that it runs in. Throws what the bundler throws.
 */
async function buildServer(): Promise<void> {
  const fresh = `server-${process.pid}-${Date.now()}`;
  const folder = join(builds, fresh);
  const began = new Date();
  try {
    await build({
      ...{ configFile: false, root, logLevel: 'warn', publicDir: false, plugins: [ownPlaces] },
      ssr: { noExternal: cutDown },
      build: {
        ...{ ssr: 'src/main.ts', outDir: folder, target: 'node24', minify: false },
        emptyOutDir: true,
        rolldownOptions: {
          output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    });
    // As old as what it was made of: a file that changed meanwhile is newer, and has it built again.
    await utimes(join(folder, 'main.js'), began, began);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const before = await readlink(pointer).catch(() => undefined);
  await symlink(fresh, `${folder}.link`);
  await rename(`${folder}.link`, pointer);
  const others = (await readdir(builds)).filter((name) => /^server-\d+-\d+$/.test(name));
  for (const name of others) {
    if (name !== fresh && name !== before) {
      await rm(join(builds, name), { recursive: true, force: true });
    }
  }
}

// Whoever starts it may be a test.
process.env.NODE_ENV = 'production';
await buildServer();
