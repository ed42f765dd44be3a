import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Language, Say } from '../platform/language.ts';
import { SpreadsheetError } from '../platform/spreadsheet/index.ts';
import { VerifyAnswer, VerifyBody } from './contract.ts';
import { batchLine, checkNumbers } from './verify.ts';
import { annotateSheet, readNumbers } from './verify-sheet.ts';

type Sayers = Readonly<Record<Language, Say>>;

const anyone = {
  public: 'Whoever holds numbers may ask whether they are good; no holder is in the answer.',
};
const reads = 'It only reads: asking twice writes nothing.';
/** Batches from one address; each may hold fifty thousand numbers. */
const rateLimit = { max: 12, windowMs: 600_000 };

/** Many numbers at once: as JSON, and as a spreadsheet that comes back annotated. */
export function verifyRoutes(sayers: Sayers, homeProvince: number): readonly AnyEndpoint[] {
  return [verifyList(homeProvince), verifySheet(sayers, homeProvince)];
}

function verifyList(homeProvince: number): AnyEndpoint {
  return endpoint({
    id: 'publishing.verify',
    method: 'POST',
    url: '/api/verify',
    summary: 'What up to 50,000 permit numbers are worth, as anyone typed them',
    access: anyone,
    notIdempotent: reads,
    rateLimit,
    bodyLimit: 8 * 1024 * 1024,
    body: VerifyBody,
    response: VerifyAnswer,
    handle: async ({ act, body, house }) => {
      const { numbers } = body;
      const found = await checkNumbers(house.database, numbers, homeProvince, act.today);
      const items = numbers.map((typed, at) => batchLine(typed, found[at]));
      return { checkedOn: act.today, items };
    },
  });
}

function verifySheet(sayers: Sayers, homeProvince: number): AnyEndpoint {
  return endpoint({
    id: 'publishing.verifySheet',
    method: 'POST',
    url: '/api/verify/sheet',
    summary: 'An .xlsx or .csv of permit numbers, sent back with what each is worth',
    access: anyone,
    notIdempotent: reads,
    rateLimit,
    bodyLimit: 17 * 1024 * 1024,
    response: Type.Unsafe<Buffer>(Type.String({ contentMediaType: 'application/octet-stream' })),
    problems: ['publishing.bad_sheet', 'publishing.too_many_numbers'],
    handle: async ({ act, request, reply, house, language, say }) => {
      const sheet = await readUpload(request, sayers);
      const { numbers } = sheet;
      const found = await checkNumbers(house.database, numbers, homeProvince, act.today);
      const lines = numbers.map((typed, at) => batchLine(typed, found[at]));
      const reference = await referenceOf(house.database);
      reply.type(types[sheet.format]);
      reply.header('content-disposition', `attachment; filename="permits.${sheet.format}"`);
      return annotateSheet(sheet, lines, { reference, language, say });
    },
  });
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

type Upload = Parameters<AnyEndpoint['handle']>[0]['request'];

/**
 * The numbers of the file that a form sent.
 * @throws Problem `publishing.bad_sheet` (422), `publishing.too_many_numbers` (422)
 */
async function readUpload(request: Upload, sayers: Sayers) {
  const file = request.isMultipart()
    ? await request.file({ limits: { fileSize: 16 * 1024 * 1024, files: 1, fields: 10 } })
    : undefined;
  const bytes = await file?.toBuffer();
  if (!bytes || bytes.length === 0) throw new Problem('publishing.bad_sheet');
  const headers = [sayers.fa('publishing.permit.number'), sayers.en('publishing.permit.number')];
  try {
    return await readNumbers({ bytes }, headers);
  } catch (error) {
    if (error instanceof SpreadsheetError) throw new Problem('publishing.bad_sheet');
    throw error;
  }
}
