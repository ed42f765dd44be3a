import { chunksFrom, readManifest } from './build-manifest.ts';
import firstPages from './first-pages.json' with { type: 'json' };

/**
 * What a page that somebody comes to straight says of its scripts, a Link header by the page's path: the browser asks
 * for the page's own together with the application's, and not when those have run. The application's are named first:
 * they are the largest, and over HTTP/1.1 a browser asks for six files at a time. Other pages say nothing of theirs.
 *
 * @param folder where the build put the pages
 * @throws Error when a page's source is none of the build's
 */
export function linksOfPages(folder: string): (path: string) => string | undefined {
  const manifest = readManifest(folder);
  const pages = Object.entries(firstPages).map(([path, sources]) => {
    const chunks = chunksFrom(manifest, ['index.html', ...sources]);
    const links = chunks.map(({ file }) => `</${file}>; rel=modulepreload`);
    return [new RegExp(`^${path.replace(':code', '[^/]+')}$`), links.join(', ')] as const;
  });
  return (path) => pages.find(([pattern]) => pattern.test(path))?.[1];
}
