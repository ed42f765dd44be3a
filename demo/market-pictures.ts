import { hash } from 'node:crypto';
import type { Files } from '../src/platform/files.ts';
import type { DemoProduct } from './market-data.ts';
import { marketData } from './market-data.ts';
import { drawPicture } from './pictures/draw.ts';

/** A file that was kept. */
type Kept = { readonly sha256: string; readonly bytes: number; readonly key: string };

/** A picture that was drawn and kept, as a product's photo, and its small copy. */
export type KeptPicture = { readonly photo: Kept; readonly thumb: Kept };

/** The pictures of the demonstration's products, by drawing and palette; none where nothing keeps files. */
export type Pictures = ReadonlyMap<string, KeptPicture>;

/** The name of a product's picture among all. */
export const pictureOf = ({ drawing, palette }: DemoProduct): string => `${drawing} ${palette}`;

/** Draws every picture that some product needs, once, and keeps it. */
export async function makePictures(files: Files | undefined): Promise<Pictures> {
  const pictures = new Map<string, KeptPicture>();
  if (!files) return pictures;
  for (const { items } of Object.values(marketData.goods)) {
    for (const item of items) {
      const name = pictureOf(item);
      if (pictures.has(name)) continue;
      const { photo, thumb } = drawPicture(item.drawing, item.palette);
      pictures.set(name, { photo: await keep(files, photo), thumb: await keep(files, thumb) });
    }
  }
  return pictures;
}

async function keep(files: Files, png: Buffer): Promise<Kept> {
  return { sha256: hash('sha256', png, 'hex'), bytes: png.length, key: await files.put(png) };
}
