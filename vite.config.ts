import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { ariaWords } from './scripts/vite-aria-words.ts';
import { offline } from './scripts/vite-offline.ts';
import { shellOf } from './scripts/vite-shell.ts';
import { webArrows } from './scripts/vite-web-arrows.ts';
import words from './src/web/fa.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What three pages or more have in common. */
const ofSeveral = { minShareCount: 3, includeDependenciesRecursively: false } as const;
/** What opens over a page. */
const overlays =
  /\/react-(?:aria|stately).*(?:overlays|menu|dialog|modal|popover|focusscope|hideoutside|dnd|autocomplete|calendar|date)/i;
const shell = shellOf('/src/web/index.html');

/** The pages: `src/web` in, `build/web` out, every file but index.html named by its content. */
export default defineConfig({
  root: at('src/web'),
  base: '/',
  publicDir: false,
  plugins: [
    webArrows(at('src')),
    ariaWords(at('src/web/aria/fa.ts')),
    react(),
    shell.plugin,
    tailwindcss(),
    offline(words),
    {
      name: 'karkhaneh-index-words',
      transformIndexHtml: (html) =>
        html
          .replaceAll('%PRODUCT%', words.product)
          .replace('%LOADING%', words.load.loading)
          .replace('%NEEDS_SCRIPT%', words.needsScript),
    },
  ],
  build: {
    outDir: at('build/web'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    // The content security policy has no data: fonts and no inline script, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // ECharts is one large library, loaded only when a chart is on the page.
    chunkSizeWarningLimit: 640,
    rolldownOptions: {
      input: { app: at('src/web/index.html'), public: at('src/web/public.css') },
      // What several pages share comes in few files: on a slow line each more is a way there and back.
      output: {
        codeSplitting: {
          groups: [
            { name: 'shell', test: shell.isShell, includeDependenciesRecursively: false },
            { name: 'overlays', test: overlays, ...ofSeveral },
            {
              name: 'controls',
              test: /\/react-(aria|stately)|\/web\/(aria|ui\/(Tabs|FileDrop))/,
              ...ofSeveral,
            },
            { name: 'charts', test: /\/web\/chart\//, ...ofSeveral },
            {
              name: 'tables',
              test: /\/web\/table\/|\/(react-virtual|virtual-core)\//,
              ...ofSeveral,
            },
            { name: 'shared', test: /\/src\/(web|kit)\//, ...ofSeveral },
          ],
        },
      },
    },
  },
});
