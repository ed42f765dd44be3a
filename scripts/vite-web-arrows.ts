/**
 * The browser's side of the house's arrows: what a file that ends up in the pages may import.
 * The bundler refuses anything else, so no server code (and no database password) can be shipped by accident.
 */
import { isAbsolute, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/** The rooms, in the order in which imports may point left. */
export const rooms = [
  'kit',
  'platform',
  'accounts',
  'permits',
  'supporters',
  'financing',
  'employment',
  'supervision',
  'market',
  'figures',
  'publishing',
] as const;

/** The files of a slice that both sides read: pure rules, wire shapes and words. */
const shared = /^(contract|(?:[a-z]+-)*rules|policy|fa|en)\.ts$/;

const order = (room: string): number => rooms.indexOf(room as (typeof rooms)[number]);

/**
 * Says why `from` may not import `to` in the browser, or undefined when it may.
 * Both are paths inside `src/`, with forward slashes, such as `permits/web/CasePage.tsx`.
 */
export function refusal(from: string, to: string): string | undefined {
  const [fromRoom = '', ...fromRest] = from.split('/');
  const [toRoom = '', ...toRest] = to.split('/');
  if (toRoom === 'kit') return undefined;
  if (fromRoom === 'kit') return 'kit imports nothing but kit';
  const fromPage = fromRest[0] === 'web';
  if (toRoom === 'web') {
    return fromRoom === 'web' || fromPage ? undefined : 'only pages import the shell';
  }
  if (fromRoom === 'web') {
    // A page shows panels of slices that it may not know: who names both puts them together.
    const isNamed = toRest[0] === 'web' && /(?:Page|Panel)\.tsx$/.test(to);
    return from === 'web/routes.tsx' && isNamed ? undefined : 'only routes.tsx names pages';
  }
  if (toRest[0] === 'web') {
    return fromPage && fromRoom === toRoom ? undefined : 'a page is private to its slice';
  }
  // What a slice shares may be kept in a part of it, whose door is the slice itself.
  const depth = fromRoom === toRoom ? 2 : 1;
  if (toRest.length > depth || !shared.test(toRest.at(-1) ?? '')) return 'that is server code';
  return order(toRoom) >= 0 && order(toRoom) <= order(fromRoom)
    ? undefined
    : 'imports point left only';
}

/** Vite plugin that fails the build at the first import which `refusal` objects to. */
export function webArrows(sourceFolder: string): Plugin {
  const inside = (file: string): string | undefined => {
    const path = relative(sourceFolder, file.split('?')[0] ?? '');
    return path.startsWith('..') || isAbsolute(path) ? undefined : path.split(sep).join('/');
  };
  return {
    name: 'karkhaneh-web-arrows',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer) return null;
      const from = inside(importer);
      if (from === undefined) return null;
      if (source.startsWith('node:')) {
        this.error(`${from} imports ${source}: pages run in a browser`);
      }
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const to = resolved && !resolved.external ? inside(resolved.id) : undefined;
      const why = to === undefined ? undefined : refusal(from, to);
      if (why) this.error(`${from} must not import ${to}: ${why}`);
      return resolved;
    },
  };
}
