import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { referenceOf } from '../../accounts/index.ts';
import type { Locale } from '../../kit/persian-text.ts';
import { caseKey, recordOpenings, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, DownloadAnswer, endpoint } from '../../platform/endpoint.ts';
import { demandReach } from '../../platform/policy.ts';
import { writeCsv, writeWorkbook } from '../../platform/spreadsheet/index.ts';
import { financingPermissions as table } from '../policy.ts';
import { ownBank } from './banks.ts';
import { CodeOnly, LangQuery } from './contract.ts';
import { type BatchOfOrders, casesOfBatch, getBatch } from './orders.ts';
import { plainHeader, plainRows, plainSheet } from './plain.ts';
import { type Sender, writePain001 } from './write-orders.ts';

type Written = {
  readonly provinceId: number;
  readonly batch: BatchOfOrders;
  readonly sender: Sender;
  readonly locale: Locale;
};

const forms = [
  {
    id: 'financing.ordersXml',
    ending: 'xml',
    type: 'application/xml',
    summary: 'A batch of orders as pain.001.001.09',
    write: async ({ provinceId, batch, sender }: Written) =>
      Buffer.from([...writePain001(provinceId, batch, sender)].join('')),
  },
  {
    id: 'financing.ordersCsv',
    ending: 'csv',
    type: 'text/csv',
    summary: 'A batch of orders as CSV, for the bank to fill in and send back',
    write: ({ batch, locale }: Written) =>
      bytesOf((out) => writeCsv(out, plainHeader(locale), plainRows(batch.orders, locale))),
  },
  {
    id: 'financing.ordersXlsx',
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    summary: 'A batch of orders as a workbook, for the bank to fill in and send back',
    write: ({ batch, locale }: Written) =>
      bytesOf((out) => writeWorkbook(out, [plainSheet(batch.orders, locale)])),
  },
] as const;

async function bytesOf(write: (out: PassThrough) => Promise<void>): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), write(out)]);
  return bytes;
}

/** A batch of orders in each form, for the directorate and for the bank it is for. */
export const orderDownloads: readonly AnyEndpoint[] = forms.map(
  ({ id, ending, type, summary, write }) =>
    endpoint({
      id,
      method: 'GET',
      url: `/api/payment-orders/:code/orders.${ending}`,
      summary,
      access: { table, permission: 'financing.takeOrders' },
      params: CodeOnly,
      query: LangQuery,
      response: DownloadAnswer,
      download: type,
      problems: ['platform.not_found'],
      handle: async ({ tx, act, principal, params, house, language }) => {
        const { provinceId, id: batchId } = caseKey(params.code);
        demandReach(signedIn(principal), provinceId);
        const batch = await getBatch(tx, provinceId, batchId, ownBank(principal));
        recordOpenings(tx, act, signedIn(principal), casesOfBatch(provinceId, batchId), 'export');
        const { organisations } = await referenceOf(house.database);
        const nameOf = (organisation: string) => organisations.get(organisation)?.name_fa ?? '';
        const sender = { directorate: nameOf('DIRECTORATE'), bank: nameOf(batch.bankId) };
        const bytes = await write({ provinceId, batch, sender, locale: language });
        return { fileName: `${batch.bankId}-${batch.sentOn}.${ending}`, bytes };
      },
    }),
);
