import type { Plugin } from 'vite';

/**
 * Tells the modules of the application's first scripts, which every page has, from those that
 * come with a page: what several pages share is not brought to somebody who only signs in.
 *
 * @param entry the end of the entry's name, as Vite knows it
 * @returns the plugin that looks at how modules import each other, and whether one of them is the first's
 */
export function shellOf(entry: string): { plugin: Plugin; isShell: (id: string) => boolean } {
  const shell = new Set<string>();
  const plugin: Plugin = {
    name: 'karkhaneh-shell',
    buildEnd() {
      const open = [...this.getModuleIds()].filter((id) => id.endsWith(entry));
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (shell.has(id)) continue;
        shell.add(id);
        open.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
  };
  return { plugin, isShell: (id) => shell.has(id) };
}
