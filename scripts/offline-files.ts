/** Which built files a phone keeps to work without a network: the inspector's app, and nothing else. */

type Chunk = {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
};
type Manifest = Readonly<Record<string, Chunk>>;

const begins = [
  ...['index.html', '../accounts/web/SignInPage.tsx', '../supervision/web/field/FieldPage.tsx'],
];

/**
 * The files under the built folder that the inspector's pages and the sign-in need, from Vite's manifest.
 * @throws Error when the manifest does not name these pages
 */
export function offlineFiles(manifest: Manifest): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the build`);
    if (seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const one of chunk.imports ?? []) visit(one);
  };
  for (const name of begins) visit(name);
  return [...files].sort();
}
