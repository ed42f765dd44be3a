import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the build, and what it needs before it runs. */
export type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly isDynamicEntry?: boolean;
};

/** What Vite says of the built pages: each chunk by its source, or by a name of its own. */
export type Manifest = Readonly<Record<string, Chunk>>;

/** Reads the manifest of the built pages; empty where nothing was built. */
export function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Some chunks and all that they need, each once, what is named first before the rest.
 * @throws Error when the manifest does not name one of them
 */
export function chunksFrom(manifest: Manifest, names: readonly string[]): Chunk[] {
  const found = new Map<string, Chunk>();
  const take = (name: string): void => {
    if (found.has(name)) return;
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the build`);
    found.set(name, chunk);
    for (const one of chunk.imports ?? []) take(one);
  };
  for (const name of names) take(name);
  return [...found.values()];
}
