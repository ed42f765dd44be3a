/**
 * npm run audit
 *
 * Looks at every package of the lock file: the licence of what is installed has to be one that goes with ours,
 * and the registry must know of no grave weakness in what the product runs with. A registry that can't be
 * asked is said aloud and stops nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';

/** Licences whose packages may be shipped with, or used to build, a work under Apache-2.0. */
const fits =
  /^(?:0BSD|Apache-2\.0|Artistic-2\.0|BSD(?:-[23]-Clause)?|BlueOak-1\.0\.0|CC-BY-[34]\.0|CC0-1\.0|ISC|MIT(?:-0|\/X11)?|MPL-2\.0|OFL(?:-1\.1)?|PostgreSQL|Python-2\.0|Unlicense|W3C|WTFPL|Zlib)$/;

/** Packages that say nothing, and why they are here all the same. */
const silent = new Map([
  ['node_modules/buffers', 'exceljs reaches it through unzipper, to read and never to write'],
]);

type Manifest = {
  readonly license?: unknown;
  readonly licenses?: readonly { readonly type?: string }[];
};
type Lock = { readonly packages: Readonly<Record<string, { readonly version?: string }>> };

const read = <T>(path: string): T =>
  JSON.parse(readFileSync(join(repositoryFolder, path), 'utf8')) as T;

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license;
  const type = (license as { type?: string } | undefined)?.type;
  return type ?? licenses?.map((one) => one.type).join(' OR ') ?? '';
}

/** `(MIT OR CC0-1.0)` fits when one of them does, `MIT AND Zlib` when both do. */
function isFitting(licence: string): boolean {
  const plain = licence.replaceAll(/[()]/g, '');
  return plain
    .split(/ OR /i)
    .some((part) => part.split(/ AND /i).every((one) => fits.test(one.trim())));
}

function foreignLicences(): string[] {
  const found: string[] = [];
  for (const path of Object.keys(read<Lock>('package-lock.json').packages)) {
    const manifest = join(path, 'package.json');
    // Packages of other platforms are in the lock file and not on this machine.
    if (path === '' || silent.has(path) || !existsSync(join(repositoryFolder, manifest))) continue;
    const licence = licenceOf(read<Manifest>(manifest));
    if (!isFitting(licence)) found.push(`${path}: ${licence || 'no licence'}`);
  }
  return found;
}

/** What the registry knows, or undefined when it could not be asked. */
function weaknesses(): Record<string, number> | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--omit', 'dev'], {
    cwd: repositoryFolder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  try {
    return (JSON.parse(stdout) as { metadata?: { vulnerabilities?: Record<string, number> } })
      .metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const foreign = foreignLicences();
const known = weaknesses();
for (const line of foreign) say(`licence: ${line}`);
say(`licences: ${foreign.length === 0 ? 'all fit' : `${foreign.length} to look at`}`);
if (known === undefined)
  say('weaknesses: the registry could not be asked; ask again where it can be');
else say(`weaknesses: ${JSON.stringify(known)}`);
const grave = (known?.high ?? 0) + (known?.critical ?? 0);
process.exitCode = foreign.length > 0 || grave > 0 ? 1 : 0;
