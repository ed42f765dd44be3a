/** Which built files a phone keeps to work without a network: the inspector's app, and nothing else. */
import { chunksFrom, type Manifest } from '../src/publishing/build-manifest.ts';

const begins = [
  ...['index.html', '../accounts/web/SignInPage.tsx', '../supervision/web/field/FieldPage.tsx'],
];

/**
 * The files under the built folder that the inspector's pages and the sign-in need, from Vite's manifest.
 * @throws Error when the manifest does not name these pages
 */
export function offlineFiles(manifest: Manifest): string[] {
  const files = chunksFrom(manifest, begins).flatMap(({ file, css = [], assets = [] }) => [
    ...[file, ...css, ...assets],
  ]);
  return [...new Set(files)].sort();
}
