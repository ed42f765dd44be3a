/**
 * Builds the pages into `build/web`. `npm run build:web` builds always; the server calls `buildWebIfStale`,
 * which builds only when what the pages are made of has changed since.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const outFolder = join(root, 'build', 'web');
const stampFile = join(outFolder, '.stamp');
const inputs = [
  /^src\/web\//,
  /^src\/[^/]+\/web\//,
  /^src\/kit\/[^/]+\.ts$/,
  /^src\/[^/]+\/([^/]+\/)?(contract|([a-z]+-)*rules|policy|fa|en)\.ts$/,
];
const loose = [
  ...['vite.config.ts', 'scripts/vite-web-arrows.ts', 'scripts/vite-aria-words.ts'],
  ...['scripts/vite-offline.ts', 'scripts/offline-files.ts', 'scripts/build-web.ts'],
];

async function inputFiles(): Promise<string[]> {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !/\.(test|generated)\.tsx?$/.test(path))
    .filter((path) => inputs.some((input) => input.test(path)));
  return [...files, ...loose, 'package-lock.json'].sort();
}

/** SHA-256 (hex) over the name and content of everything the pages are made of. */
async function webInputsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await inputFiles()) {
    const content = await readFile(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** SHA-256 (hex) over the name, size and time of change of the same: a tenth of the reading. */
function lookOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

const stampOf = (hash: string, look: string) => `${hash}\n${look}\n`;

/** Whether `build/web` was built from exactly the present inputs; they are read only when they look other than then. */
async function isFresh(): Promise<boolean> {
  const [hash, look] = (await readFile(stampFile, 'utf8').catch(() => '')).split('\n');
  const now = lookOf(await inputFiles());
  if (look === now) return true;
  if (hash !== (await webInputsHash())) return false;
  await writeFile(stampFile, stampOf(hash, now)).catch(() => {});
  return true;
}

/** Builds the pages now, beside the old ones, and swaps them in whole. Throws Vite's error when it fails. */
export async function buildWeb(): Promise<void> {
  const { build } = await import('vite');
  // Both as they are before the build: what changes meanwhile has the pages built again.
  const stamp = stampOf(await webInputsHash(), lookOf(await inputFiles()));
  const fresh = join(root, 'build', `web-${process.pid}`);
  const old = join(root, 'build', `web-old-${process.pid}`);
  try {
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh },
    });
    await packAssets(join(fresh, 'assets'));
    await writeFile(join(fresh, '.stamp'), stamp);
    if (existsSync(outFolder)) await rename(outFolder, old);
    await rename(fresh, outFolder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

const pack = promisify(brotliCompress);
const packing = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
/** What is smaller goes out in one packet either way. */
const leastBytes = 1_000;

/** Packs scripts and styles once, as `NAME.br` beside each: better than there is time for at every request. */
async function packAssets(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(?:js|css)$/.test(name));
  const one = async (name: string) => {
    const bytes = await readFile(join(folder, name));
    if (bytes.length < leastBytes) return;
    await writeFile(join(folder, `${name}.br`), await pack(bytes, packing));
  };
  await Promise.all(names.map(one));
}

/**
 * Builds the pages unless `build/web` was built from exactly the present inputs, and says so in one line
 * through `say`. The build runs in its own process, so the server does not keep the bundler's memory.
 * Returns whether it built; throws when the build failed.
 */
export async function buildWebIfStale(
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<boolean> {
  if (await isFresh()) return false;
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, KARKHANEH_QUIET_BUILD: '1' },
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the pages did not build (exit ${code})`)),
    );
  });
  say(`Pages built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return true;
}

if (import.meta.main) {
  // Whoever starts it may be a test, and React would be built to be debugged.
  process.env.NODE_ENV = 'production';
  const started = performance.now();
  await buildWeb();
  if (!process.env.KARKHANEH_QUIET_BUILD) {
    process.stderr.write(
      `Pages built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`,
    );
  }
}
