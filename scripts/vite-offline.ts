import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';
import { readManifest } from '../src/publishing/build-manifest.ts';
import { offlineFiles } from './offline-files.ts';

type Words = {
  readonly product: string;
  readonly field: { readonly name: string; readonly about: string };
};

/** The address that the app begins at, under which alone its service worker answers. */
const home = '/field';

/** What a phone shows of the app before it is open. */
function manifestOf({ product, field }: Words): Partial<ManifestOptions> {
  return {
    id: home,
    name: field.name,
    short_name: product,
    description: field.about,
    lang: 'fa',
    dir: 'rtl',
    start_url: home,
    scope: home,
    display: 'standalone',
    background_color: '#f7f6f2',
    theme_color: '#00636b',
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/mask-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}

/**
 * The inspector's app as something to install. The service worker holds files of the build and one document,
 * answers for nothing outside `/field`, keeps no answer of the API, and a new one waits until it is asked in.
 */
export function offline(words: Words) {
  let folder = '';
  let failed = false;
  const whereBuilt: Plugin = {
    name: 'karkhaneh-offline-folder',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    buildEnd: (error) => {
      failed = error !== undefined;
    },
  };
  const app = VitePWA({
    strategies: 'generateSW',
    registerType: 'prompt',
    injectRegister: false,
    scope: home,
    manifest: manifestOf(words),
    includeManifestIcons: false,
    workbox: {
      globPatterns: ['index.html', 'assets/**'],
      maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      // Their names carry their content already.
      dontCacheBustURLsMatching: /^\/assets\//,
      // A build that failed has no files to choose from, and what it failed of is to be said.
      manifestTransforms: [
        (entries) => (failed ? { manifest: [], warnings: [] } : keepOnly(entries, folder)),
      ],
      navigateFallback: home,
      navigateFallbackAllowlist: [/^\/field(\/|$)/],
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
      runtimeCaching: [],
    },
  });
  return [whereBuilt, app];
}

type Entry = { url: string; revision: string | null; size: number };

function keepOnly(entries: readonly Entry[], folder: string) {
  const wanted = new Set(offlineFiles(readManifest(folder)));
  const kept = entries.flatMap((entry) => {
    // The document is the same at every address of the app; the server knows it by those only.
    if (entry.url === 'index.html') return [{ ...entry, url: home }];
    return wanted.has(entry.url) ? [{ ...entry, url: `/${entry.url}`, revision: null }] : [];
  });
  return { manifest: kept, warnings: [] };
}
