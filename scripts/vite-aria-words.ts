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
        return [
          `import english from ${JSON.stringify(join(dirname(file), english))};`,
          known
            ? `import { ${part} as persian } from ${JSON.stringify(persianFile)};`
            : 'const persian = {};',
          `export default { 'en-US': english, 'fa-IR': persian };`,
        ].join('\n');
      }
      if (styleModule.test(file)) {
        const code = await readFile(file, 'utf8');
        if (!insertStyle.test(code)) this.error(`React Aria changed: no style element in ${file}`);
        return code.replace(insertStyle, '');
      }
      return null;
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, part] of wordless) {
          if ((chunk.modules[id]?.renderedLength ?? 0) > 0) {
            this.error(`React Aria's ${part} has no Persian words in ${persianFile}`);
          }
        }
      }
    },
  };
}
