/**
 * React Aria speaks some thirty languages, none of them Persian, and writes two <style> elements that our
 * content security policy forbids. This plugin gives it Persian and English only (36 kB less) and takes the
 * two elements out; their rules are in `src/web/app.css`.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const stringsModule =
  /node_modules\/(react-aria|react-stately|react-aria-components)\/dist\/private\/(?:(\w+)\/)?intlStrings\.m?js$/;
const styleModule =
  /node_modules\/react-aria\/dist\/private\/(interactions\/usePress|overlays\/usePreventScroll)\.m?js$/;
const insertStyle = /\b(?:ownerDocument|document)\.head\.prepend\(style\);/;
const englishImport = /from "([^"]*\/en-US\.mjs)"/;

/** The export of the Persian module for one of React Aria's parts: `datepicker`, `state_datepicker`, … */
function partName(match: RegExpExecArray): string {
  const part = match[2] ?? 'components';
  return match[1] === 'react-stately' ? `state_${part}` : part;
}

/** A module with React Aria's English words and ours; without ours it is fit for a part that is not used. */
const moduleOf = (english: string, part: string, persianFile: string | undefined): string =>
  [
    `import english from ${JSON.stringify(english)};`,
    persianFile
      ? `import { ${part} as persian } from ${JSON.stringify(persianFile)};`
      : 'const persian = {};',
    `export default { 'en-US': english, 'fa-IR': persian };`,
  ].join('\n');

/**
 * Vite plugin; `persianFile` is the module whose named exports hold the Persian words. A part that has none
 * may be left out by the bundler; if it ends up in the pages, the build fails and names it.
 */
export function ariaWords(persianFile: string): Plugin {
  const wordless = new Map<string, string>();
  return {
    name: 'karkhaneh-aria-words',
    enforce: 'pre',
    async load(id) {
      const file = id.split('?')[0] ?? '';
      const match = stringsModule.exec(file);
      if (match) {
        const english = englishImport.exec(await readFile(file, 'utf8'))?.[1];
        if (!english) this.error(`React Aria changed: no English words in ${file}`);
        const part = partName(match);
        const known = (await readFile(persianFile, 'utf8')).includes(`export const ${part} = `);
        if (!known) wordless.set(id, part);
        return moduleOf(join(dirname(file), english), part, known ? persianFile : undefined);
      }
      if (!styleModule.test(file)) return null;
      const code = await readFile(file, 'utf8');
      if (!insertStyle.test(code)) this.error(`React Aria changed: no style element in ${file}`);
      return code.replace(insertStyle, '');
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      for (const [id, part] of wordless) {
        if (chunks.some((chunk) => (chunk.modules[id]?.renderedLength ?? 0) > 0)) {
          this.error(`React Aria's ${part} has no Persian words in ${persianFile}`);
        }
      }
    },
  };
}
