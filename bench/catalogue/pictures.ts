import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { marketData } from '../../demo/market-data.ts';
import { drawPicture } from '../../demo/pictures/draw.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Files, openFiles } from '../../src/platform/files.ts';
import { startBrowser } from '../../test/start-browser.ts';

/** A line of `picture_seed`, in the order of its columns. */
export type Picture = {
  readonly n: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly key: string;
  readonly thumbOf: string;
};

const count = 60;

/**
 * What a phone's camera makes of a thing: the drawing, large, with the unevenness that photos have at every
 * scale; without it a picture packs to a third. Then what the product's own page makes of a photo.
 */
const photograph = `async (drawing, seed) => {
  const random = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647; };
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1600, 1200];
  const paint = canvas.getContext('2d');
  const picture = new Image();
  picture.src = drawing;
  await picture.decode();
  paint.drawImage(picture, 0, 0, 1600, 1200);
  paint.globalCompositeOperation = 'overlay';
  for (let cells = 4; cells <= 1600; cells *= 2) {
    const grain = document.createElement('canvas');
    [grain.width, grain.height] = [cells, Math.ceil(cells * 0.75)];
    const dots = new ImageData(grain.width, grain.height);
    for (let at = 0; at < dots.data.length; at += 4) {
      const grey = random() * 255;
      dots.data.set([grey, grey, grey, 255], at);
    }
    grain.getContext('2d').putImageData(dots, 0, 0);
    paint.globalAlpha = 0.22;
    paint.drawImage(grain, 0, 0, 1600, 1200);
  }
  const taken = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
  const { photo, thumb } = await window.shrinkPhoto(taken);
  const base64 = async (blob) => (await blob.bytes()).toBase64();
  return [await base64(photo), await base64(thumb)];
}`;

/** Keeps sixty pictures with their small copies as the product keeps photos of makers. */
export async function keepPictures(dataFolder: string): Promise<Picture[]> {
  const files = await openFiles({ dataFolder, s3: undefined });
  await using browser = await startBrowser();
  const page = await browser.newPage();
  await giveShrinking(page);
  const items = Object.values(marketData.goods).flatMap((one) => one.items);
  const pictures: Picture[] = [];
  for (let n = 0; n < count; n += 1) {
    const { drawing, palette } = items[n % items.length] as (typeof items)[number];
    const png = `data:image/png;base64,${drawPicture(drawing, palette).photo.toString('base64')}`;
    const made = await page.evaluate<string[]>(`(${photograph})('${png}', ${n + 7})`);
    const [photo = '', thumb = ''] = made;
    const whole = await keep(files, n, photo, '\\N');
    pictures.push(whole, await keep(files, n, thumb, whole.sha256));
  }
  return pictures;
}

/** Where the product shrinks photos. */
export const shrinking = join(repositoryFolder, 'src/market/web/shrink.ts');

/** The product's own code, as it runs in a maker's browser. */
async function giveShrinking(page: Page): Promise<void> {
  const source = await readFile(shrinking, 'utf8');
  const code = stripTypeScriptTypes(source).replace('export async', 'async');
  await page.addScriptTag({ content: `${code}\nwindow.shrinkPhoto = shrinkPhoto;` });
}

async function keep(files: Files, n: number, base64: string, thumbOf: string): Promise<Picture> {
  const bytes = Buffer.from(base64, 'base64');
  const sha256 = hash('sha256', bytes, 'hex');
  const key = await files.put(bytes);
  return { n, sha256, mediaType: 'image/jpeg', bytes: bytes.length, key, thumbOf };
}
