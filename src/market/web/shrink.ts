/**
 * Sides of a photo as it is sent, and of its small copy for lists, pixels, and how well each is kept. A page of
 * the catalogue loads fifteen copies on a phone before anybody scrolls, together under sixty kilobytes.
 */
const sizes = {
  photo: { longest: 1200, quality: 0.78 },
  thumb: { longest: 208, quality: 0.38 },
};

async function drawn(
  picture: ImageBitmap,
  { longest, quality }: (typeof sizes)['photo'],
): Promise<Blob | null> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

/** A photo made small, and its smaller copy; null for what the browser cannot read as a picture. */
export async function shrinkPhoto(file: Blob): Promise<{ photo: Blob; thumb: Blob } | null> {
  try {
    const picture = await createImageBitmap(file);
    const [photo, thumb] = [await drawn(picture, sizes.photo), await drawn(picture, sizes.thumb)];
    picture.close();
    return photo && thumb ? { photo, thumb } : null;
  } catch {
    return null;
  }
}
