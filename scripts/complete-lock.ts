/**
 * Completes package-lock.json after `npm install`: npm writes no entry for an optional package of
 * another platform that the registry at hand does not carry, and then `npm ci` refuses the lock file
 * («Missing: … from lock file»). Such a package gets an entry with its version and its platform, and
 * no digest: nothing is ever installed by it on the platforms that this lock file was made on.
 */
import { readFile, writeFile } from 'node:fs/promises';

type Entry = {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};

const systems = [
  'android',
  'darwin',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
  'win32',
  'linux',
];
const processors = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
];

/** Whether Node would find `name` from the package at `path`. */
function isLocked(packages: Record<string, Entry>, path: string, name: string): boolean {
  for (let base = path; ; base = base.slice(0, Math.max(base.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (!base) return false;
  }
}

/** The platform that a package's name tells: `@scope/tool-linux-arm64-musl`. */
function platformOf(name: string): Entry {
  const words = name.replace(/gnueabihf|musleabihf|musleabi|gnueabi|eabi/g, '').split(/[-/.]/);
  const os = name.includes('musl') ? 'linux' : systems.find((one) => words.includes(one));
  const cpu = processors.find((one) => words.includes(one));
  const gnu = /linux/.test(name) && /gnu/.test(name);
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os] } : {}),
    ...(name.includes('musl') ? { libc: ['musl'] } : gnu ? { libc: ['glibc'] } : {}),
  };
}

const file = 'package-lock.json';
const lock = JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, Entry> };
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(lock.packages, path, name)) continue;
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      optional: true,
      ...(entry.dev ? { dev: true } : {}),
      ...platformOf(name),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages of other platforms added to ${file}\n`);
