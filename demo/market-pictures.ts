import { hash } from 'node:crypto';
import type { Files } from '../src/platform/files.ts';
import type { DemoProduct } from './market-data.ts';
import { marketData } from './market-data.ts';
import { drawPicture } from './pictures/draw.ts';

/** A picture that was drawn and kept, as a product's photo. */
export type KeptPicture = {
  readonly sha256: string;
  readonly bytes: number;
  readonly key: string;
};

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
      const png = drawPicture(item.drawing, item.palette);
      const sha256 = hash('sha256', png, 'hex');
      pictures.set(name, { sha256, bytes: png.length, key: await files.put(png) });
    }
  }
  return pictures;
}
