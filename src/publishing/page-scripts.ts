import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import firstPages from './first-pages.json' with { type: 'json' };

/** A file of the build and those that it needs, as `build/web/manifest.json` has them. */
type Chunk = { readonly file: string; readonly imports?: readonly string[] };
type Manifest = Readonly<Record<string, Chunk>>;

/**
 * What a page that somebody comes to straight says of its scripts, a Link header by the page's path: the browser asks
 * for the page's own together with the application's, and not when those have run. The application's are named first:
 * they are the largest, and over HTTP/1.1 a browser asks for six files at a time. Other pages say nothing of theirs.
 *
 * @param folder where the build put the pages
 * @throws Error when a page's source is none of the build's
 */
export async function linksOfPages(folder: string): Promise<(path: string) => string | undefined> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const pages = Object.entries(firstPages).map(([path, sources]) => {
    const names = [...namesFrom(manifest, ['index.html', ...sources])];
    const links = names.map((name) => `</${manifest[name]?.file}>; rel=modulepreload`);
    return [new RegExp(`^${path.replace(':code', '[^/]+')}$`), links.join(', ')] as const;
  });
  return (path) => pages.find(([pattern]) => pattern.test(path))?.[1];
}

/** Some chunks and what they need, by the manifest's names. */
function namesFrom(manifest: Manifest, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const take = (name: string): void => {
    if (found.has(name)) return;
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build has no ${name}.`);
    found.add(name);
    for (const one of chunk.imports ?? []) take(one);
  };
  for (const name of names) take(name);
  return found;
}
