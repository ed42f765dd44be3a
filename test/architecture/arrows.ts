import { refusal, rooms as slicesAndBelow } from '../../scripts/vite-web-arrows.ts';
import { isTest, isWeb } from './source-files.ts';

/** Every room of the server, in the order in which imports may point left. */
const rooms: readonly string[] = [...slicesAndBelow, 'app', 'commands', 'main', 'demo'];

const isSlice = (room: string) =>
  rooms.indexOf(room) > 1 && rooms.indexOf(room) < rooms.indexOf('app');

/** `src/permits/rules.ts` → `permits`; `src/app.ts` → `app`; `demo/load.ts` → `demo`; else undefined. */
function roomOf(path: string): string | undefined {
  const [top = '', next = ''] = path.split('/');
  const room = top === 'src' ? next.replace(/\.ts$/, '') : top;
  return rooms.includes(room) ? room : undefined;
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * Says why one file of ours may not import another, or undefined when it may.
 * Both are paths from the repository's root.
 */
export function refuseImport(from: string, to: string): string | undefined {
  const room = roomOf(from);
  if (isTest(from) || (room === undefined && !isWeb(from))) return undefined;
  if (isTest(to) || to.startsWith('bench/')) return 'only tests and scripts import that';
  if (isWeb(from)) {
    if (!to.startsWith('src/')) return 'pages import only from src';
    return refusal(from.slice('src/'.length), to.slice('src/'.length));
  }
  if (isWeb(to)) return 'the server does not import pages';
  return refuseServerImport(from, room ?? '', to);
}

function refuseServerImport(from: string, room: string, to: string): string | undefined {
  const target = roomOf(to);
  if (target === undefined) return room === 'commands' ? undefined : 'only commands run scripts';
  if (fileName(from) === 'rules.ts' && target !== 'kit' && fileName(to) !== 'rules.ts') {
    return 'rules import only kit and rules';
  }
  if (room === target) return undefined;
  if (target === 'demo')
    return room === 'commands' ? undefined : 'only commands load the demonstration';
  if (rooms.indexOf(target) > rooms.indexOf(room)) return 'imports point left only';
  return refuseDoor(from, room, to, target);
}

/** Another slice is entered by its door; a folder of platform with an index likewise. Words are for whoever puts a whole together. */
function refuseDoor(from: string, room: string, to: string, target: string): string | undefined {
  const name = fileName(to);
  const inner = to.split('/').slice(2, -1);
  if (target === 'platform' && inner.length > 0) {
    return name === 'index.ts' ? undefined : `${inner.join('/')} is entered through its index.ts`;
  }
  if (!isSlice(target) || (inner.length === 0 && name === 'index.ts')) return undefined;
  if (name === 'contract.ts' && fileName(from) === 'contract.ts') return undefined;
  if (name === 'rules.ts' && fileName(from) === 'rules.ts') return undefined;
  const puts = room === 'app' || room === 'demo';
  if (puts && inner.length === 0 && /^(fa|en)\.ts$/.test(name)) return undefined;
  return `${target} is entered through its index.ts`;
}

/** Says why a file may not import a package or a Node module, or undefined when it may. */
export function refusePackage(
  from: string,
  name: string,
  kind: 'node' | 'package' | 'development package',
): string | undefined {
  if (isTest(from)) return undefined;
  const room = roomOf(from);
  if (room === 'kit') return 'kit is pure';
  if (fileName(from) === 'rules.ts') return 'rules are pure';
  if (isWeb(from) && kind === 'node') return 'pages run in a browser';
  if (fileName(from) === 'contract.ts' && name !== 'typebox') return 'contracts are shapes only';
  const shipped = room !== undefined || isWeb(from);
  if (shipped && kind === 'development package') {
    return `the product runs without development packages; ${name} belongs in dependencies`;
  }
  return undefined;
}
