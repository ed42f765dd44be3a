import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from '../src/platform/config.ts';

/** An unpacked browser, and the environment that it starts in. */
export type PackedChromium = {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
};

/** The package unpacks into the temporary folder of its process, libraries too where it believes to be a Lambda. */
const unpackScript = `
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();`;

/**
 * The Chromium that npm brought, unpacked once into `build/`: 70 MB become 220, which takes seconds.
 * Its own copies of NSS and Expat come with it, so it runs where Debian has neither.
 * @throws Error when the package does not hold one for this machine (it is for Linux on x64)
 */
export async function packedChromium(): Promise<PackedChromium> {
  const manifest = join(repositoryFolder, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8'));
  const folder = join(repositoryFolder, 'build', `chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder);
  const env = {
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    // The machine's own fonts, where it has any: a page brings the one that counts.
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
  };
  return { path: join(folder, 'chromium'), env };
}

/** Beside its place and then moved there whole: two test files may be doing this at once. */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpackScript], {
      cwd: repositoryFolder,
      env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    await writeFile(join(fresh, 'fonts', 'fonts.conf'), fontsConfig(folder));
    await rename(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The package's own configuration looks for its fonts in the temporary folder. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}
