import { answer, api, newOpId, withKey } from '../../../web/api.ts';

/** The longest side of a photo as it is sent, pixels: enough to read a card, little to carry. */
const longestSide = 1600;
const jpegQuality = 0.8;
/** Bytes of one piece: a few seconds of a slow line. */
const pieceBytes = 64 * 1024;
/** Pauses before a broken piece is tried again, milliseconds. */
const pauses = [500, 1500, 4000, 8000];

export type Upload = { code: string; offset: number; state: string; fault: string | null };
export type Target = { draft?: string; case?: string; number: number };

/** A photo made small; anything else, and what the browser cannot read, stays as it is. */
async function shrink(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', jpegQuality),
    );
    return small ?? file;
  } catch {
    return file;
  }
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function whereIs(code: string): Promise<Upload> {
  return answer(api.GET('/api/uploads/{code}', { params: { path: { code } } }));
}

async function sendPiece(code: string, offset: number, piece: ArrayBuffer): Promise<number> {
  const response = await fetch(`/api/uploads/${code}?offset=${offset}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: piece,
  });
  if (!response.ok) throw new TypeError(String(response.status));
  return ((await response.json()) as Upload).offset;
}

/** Sends from `offset` on; after a break it asks how far it came. Throws when the line stays broken. */
async function sendRest(
  code: string,
  bytes: ArrayBuffer,
  from: number,
  onProgress: (share: number) => void,
): Promise<void> {
  let offset = from;
  let broken = 0;
  while (offset < bytes.byteLength) {
    try {
      offset = await sendPiece(code, offset, bytes.slice(offset, offset + pieceBytes));
      broken = 0;
      onProgress(offset / bytes.byteLength);
    } catch (error) {
      const pause = pauses[broken];
      if (pause === undefined) throw error;
      broken += 1;
      await wait(pause);
      offset = await whereIs(code).then(
        (upload) => upload.offset,
        () => offset,
      );
    }
  }
}

/** What is being sent, kept so that a second press goes on where the first one broke off. */
export type Sending = { readonly bytes: ArrayBuffer; readonly code: string };

/** Begins an upload: makes the file small and tells the server what will come. */
export async function begin(target: Target, file: Blob): Promise<Sending> {
  const small = await shrink(file);
  const bytes = await small.arrayBuffer();
  const body = { ...target, bytes: bytes.byteLength, type: small.type };
  const sent = { body, headers: withKey(newOpId()) };
  return { bytes, code: (await answer(api.POST('/api/uploads', sent))).code };
}

/** Sends what is left, ends the upload and waits until it was looked at. */
export async function finish(
  { bytes, code }: Sending,
  onProgress: (share: number) => void,
): Promise<Upload> {
  const { offset } = await whereIs(code);
  await sendRest(code, bytes, offset, onProgress);
  const body = { sha256: await digestOf(bytes) };
  const params = { path: { code } };
  let upload: Upload = await answer(api.POST('/api/uploads/{code}/finish', { params, body }));
  for (let tries = 0; upload.state === 'checking' && tries < 20; tries += 1) {
    await wait(400 + 100 * tries);
    upload = await whereIs(code);
  }
  return upload;
}
