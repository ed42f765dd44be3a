/**
 * node scripts/icons.ts
 *
 * Draws the sign in the sizes that a phone asks for when it installs the app: src/web/icons.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';
import { startBrowser } from '../test/start-browser.ts';

/** A maskable icon is cut to a circle of four fifths: the sign stays well inside it. */
const icons = [
  { name: '192.png', size: 192, share: 0.84, radius: 40 },
  { name: '512.png', size: 512, share: 0.84, radius: 104 },
  { name: 'mask-512.png', size: 512, share: 0.56, radius: 0 },
] as const;

const sign = await readFile(join(repositoryFolder, 'src', 'web', 'mark.svg'), 'utf8');
const folder = join(repositoryFolder, 'src', 'web', 'icons');
await mkdir(folder, { recursive: true });
await using browser = await startBrowser();
for (const { name, size, share, radius } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>
    * { margin: 0 } body { display: grid; place-items: center; height: 100vh }
    body { background: #f7f6f2; border-radius: ${radius}px } html { background: transparent }
    svg { width: ${size * share}px; height: ${size * share}px }</style>${sign}`);
  const image = await page.screenshot({ omitBackground: true });
  await writeFile(join(folder, name), image);
  await page.close();
}
