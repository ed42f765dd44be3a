import { join } from 'node:path';
import { repositoryFolder } from '../platform/config.ts';
import type { Language } from '../platform/language.ts';
import { readManifest } from './build-manifest.ts';

/** Addresses of what the built pages share with these: their names carry their content's hash. */
export type Assets = {
  readonly stylesheet: string | undefined;
  /** The letters that a page in a language begins with. */
  readonly fonts: Readonly<Record<Language, string | undefined>>;
};

/** Where the built pages are; see scripts/build-web.ts. */
export const builtFolder = join(repositoryFolder, 'build', 'web');

/** Reads the manifest of the built pages; without a build, pages come without their style. */
export function readAssets(folder: string = builtFolder): Assets {
  const entry = readManifest(folder)['public.css'];
  const fonts = entry?.assets?.filter((file) => file.endsWith('.woff2')) ?? [];
  const named = (name: string) => {
    const font = fonts.find((file) => file.includes(`vazirmatn-${name}`));
    return font && `/${font}`;
  };
  return {
    stylesheet: entry && `/${entry.file}`,
    fonts: { fa: named('persian'), en: named('latin') },
  };
}
