import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Files } from './files.ts';

/** A file that came with a request, kept already. */
export type Upload = {
  /** Under which {@link Files} keeps it. */
  readonly key: string;
  /** As its owner calls it; never a path. */
  readonly name: string;
  readonly bytes: number;
};

const limits = { files: 1, fields: 20, fieldNameSize: 100, fieldSize: 10_000, parts: 24 };
const longestName = 200;

/**
 * Reads a multipart request: its one file goes to `files` as it comes, the other fields are the body.
 * The body's `file` is the SHA-256 of the bytes, so that the same request sent again is the same.
 * @throws Problem `platform.bad_request` (400); the server's own 413 for a file beyond `maxBytes`
 */
export async function readUpload(
  request: FastifyRequest,
  files: Files,
  { maxBytes, body }: { maxBytes: number; body: TSchema | undefined },
): Promise<{ upload: Upload; body: Record<string, string> }> {
  if (!request.isMultipart()) throw new Problem('platform.unsupported_media');
  const fields: Record<string, string> = {};
  let upload: Upload | undefined;
  try {
    for await (const part of request.parts({ limits: { ...limits, fileSize: maxBytes } })) {
      if (part.type === 'field') {
        fields[part.fieldname] = String(part.value);
        continue;
      }
      const kept = await keep(files, part.file);
      upload = { key: kept.key, bytes: kept.bytes, name: fileName(part.filename) };
      fields.file = kept.sha256;
      if (part.file.truncated) throw new Problem('platform.too_large');
    }
    if (!upload) throw missing;
    checkFields(body, fields);
    return { upload, body: fields };
  } catch (error) {
    if (upload) await files.delete(upload.key);
    throw error;
  }
}

const missing = new Problem('platform.bad_request', {}, [{ pointer: '/file', code: 'missing' }]);

async function keep(files: Files, source: NodeJS.ReadableStream) {
  const digest = createHash('sha256');
  let bytes = 0;
  // Counted on the way through: a listener would set the bytes flowing before the file is open.
  const through = new Transform({
    transform(piece: Buffer, _encoding, pass) {
      digest.update(piece);
      bytes += piece.length;
      pass(null, piece);
    },
  });
  const [key] = await Promise.all([files.put(through), pipeline(source, through)]);
  return { key, bytes, sha256: digest.digest('hex') };
}

function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return normaliseText(last).slice(0, longestName) || '-';
}

function checkFields(schema: TSchema | undefined, fields: Record<string, string>): void {
  if (!schema || Value.Check(schema, fields)) return;
  const faults = [...Value.Errors(schema, fields)].map(({ instancePath }) => ({
    pointer: instancePath,
    code: 'format',
  }));
  throw new Problem('platform.bad_request', {}, faults.slice(0, 20));
}
