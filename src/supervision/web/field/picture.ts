import { useFormats } from '../../../web/format.ts';
import type { Spot } from './shapes.ts';

/** The longest side of a kept photo, pixels, and what it may weigh. */
const longestSide = 1280;
const mostBytes = 220 * 1024;
const qualities = [0.75, 0.6, 0.45, 0.3];

/** Where somebody stands, in millionths of a degree; null when the phone cannot say. */
export function whereAmI(): Promise<Spot | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve(null);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latE6: Math.round(coords.latitude * 1e6),
          lonE6: Math.round(coords.longitude * 1e6),
          accuracyM: Math.min(Math.round(coords.accuracy), 100_000),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });
}

/** A place as it is read: degrees with five places, and how sure the phone is. */
export function useSpotWords(): (spot: Spot) => string {
  const { digits } = useFormats();
  return ({ latE6, lonE6 }) =>
    `\u2066${digits((latE6 / 1e6).toFixed(5))} , ${digits((lonE6 / 1e6).toFixed(5))}\u2069`;
}

/**
 * Shrinks a photo and writes under it when and where it was taken. What the camera wrote into the file is
 * not taken along.
 * @throws when the file is no picture that this browser can read
 */
export async function shrink(file: Blob, stamp: string): Promise<ArrayBuffer> {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = penOf(canvas);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  writeStamp(pen, canvas, stamp);
  return lightest(canvas);
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  if (!pen) throw new TypeError('no canvas');
  return pen;
}

function writeStamp(pen: CanvasRenderingContext2D, canvas: HTMLCanvasElement, stamp: string) {
  const size = Math.max(12, Math.round(canvas.width / 36));
  pen.fillStyle = 'rgb(0 0 0 / 60%)';
  pen.fillRect(0, canvas.height - size * 2, canvas.width, size * 2);
  pen.fillStyle = '#fff';
  pen.font = `${size}px 'Vazirmatn Persian', 'Vazirmatn Latin', sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(stamp, canvas.width / 2, canvas.height - size, canvas.width - size);
}

async function lightest(canvas: HTMLCanvasElement): Promise<ArrayBuffer> {
  let smallest: Blob | undefined;
  for (const quality of qualities) {
    smallest = await toBlob(canvas, 'image/jpeg', quality);
    if (smallest.size <= mostBytes) break;
  }
  if (!smallest) throw new TypeError('no picture');
  return smallest.arrayBuffer();
}

/** A canvas as a picture. */
export function toBlob(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new TypeError('no picture'))),
      type,
      quality,
    );
  });
}
