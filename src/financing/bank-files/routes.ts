import { organisationLabel, referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { addDays, type IsoDate } from '../../kit/jalali.ts';
import { caseKey, idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Say } from '../../platform/language.ts';
import { financingPermissions as table } from '../policy.ts';
import { bankOf, demandOwnFile, ownBank } from './banks.ts';
import { booksOf } from './books.ts';
import {
  BatchesAnswer,
  BooksAnswer,
  BooksQuery,
  DecideAnswer,
  DecideBody,
  FileCode,
  FilesAnswer,
  LangQuery,
  LineParams,
  OrderAnswer,
  OrderBody,
  SendBody,
  WaitingAnswer,
  WaitingQuery,
} from './contract.ts';
import { decideLine } from './decide-line.ts';
import { orderDownloads } from './order-downloads.ts';
import { orderableRoute } from './order-list-routes.ts';
import { orderPayments } from './orders.ts';
import { countWaiting, getFile, listBatches, listFiles, listWaiting } from './show.ts';
import { sendBankFile } from './take-file.ts';

/** A statement of a million payments has about a kilobyte for each. */
const largestFile = 1024 * 1024 * 1024;
const linesShown = 50;
/** The days of the books that are shown unless others are asked for. */
const daysShown = 31;

const orders: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.orderPayments',
    method: 'POST',
    url: '/api/payment-orders',
    summary: 'Order payments of contracted plans: one batch for each bank, to be downloaded for it',
    access: { table, permission: 'financing.orderPayments' },
    body: OrderBody,
    response: OrderAnswer,
    status: 201,
    problems: [
      ...['platform.not_found', 'financing.no_plan', 'financing.no_orders', 'financing.over_plan'],
      ...['financing.not_contracted', 'financing.wrong_sheba', 'financing.order_pending'],
      ...['financing.loan_ended', 'financing.gate_closed'],
      'financing.supporter_in_default',
    ],
    handle: async ({ tx, act, body, house }) => {
      const reference = await referenceOf(house.database);
      const inputs = body.orders.map(({ code, amountRial, iban }) => ({
        caseId: idIn(act.provinceId, code),
        amountRial: BigInt(amountRial),
        iban,
      }));
      const batches = await orderPayments(tx, act, inputs);
      const answers = batches.map(({ id, bankId, orders: count }) => ({
        code: encodeCode(act.provinceId, id),
        bank: organisationLabel(reference, bankId),
        orders: count,
      }));
      return { batches: answers };
    },
  }),
  endpoint({
    id: 'financing.orderBatches',
    method: 'GET',
    url: '/api/payment-orders',
    summary: 'The batches of orders, the newest first, with what became of them',
    access: { table, permission: 'financing.bankFiles' },
    query: LangQuery,
    response: BatchesAnswer,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return {
        items: await listBatches(tx, act.provinceId, { reference, bank: ownBank(principal) }),
      };
    },
  }),
];

const files: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.sendBankFile',
    method: 'POST',
    url: '/api/bank-files',
    summary: 'Send in a bank’s file; it is read and booked in the background',
    access: { table, permission: 'financing.sendBankFile' },
    upload: { maxBytes: largestFile },
    body: SendBody,
    response: FileCode,
    status: 202,
    problems: ['financing.unknown_bank', 'financing.file_twice'],
    handle: async ({ tx, act, principal, body, upload, house }) => {
      const bankId = bankOf(await referenceOf(house.database), principal, body.bank);
      const file = { sha256: body.file, name: upload?.name ?? '', key: upload?.key ?? '' };
      const id = await sendBankFile(tx, act, { ...file, bankId });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'financing.bankFiles',
    method: 'GET',
    url: '/api/bank-files',
    summary: 'Banks’ files, the newest first, with how many lines got which verdict',
    access: { table, permission: 'financing.bankFiles' },
    query: LangQuery,
    response: FilesAnswer,
    handle: async ({ tx, act, principal, house, say }) => {
      const reference = await referenceOf(house.database);
      const asked = { reference, say, bank: ownBank(principal) };
      return { items: await listFiles(tx, act.provinceId, asked) };
    },
  }),
  endpoint({
    id: 'financing.waitingLines',
    method: 'GET',
    url: '/api/bank-lines',
    summary: 'The lines that wait for a person, with why and the orders they could mean',
    access: { table, permission: 'financing.bankFiles' },
    query: WaitingQuery,
    response: WaitingAnswer,
    handle: async ({ tx, act, principal, query, house, say }) => {
      const reference = await referenceOf(house.database);
      const bank = ownBank(principal);
      const limit = query.limit ?? linesShown;
      const asked = { reference, say, bank, limit, principal: signedIn(principal) };
      const items = await listWaiting(tx, act.provinceId, asked);
      return { total: await countWaiting(tx, act.provinceId, bank), items };
    },
  }),
  endpoint({
    id: 'financing.books',
    method: 'GET',
    url: '/api/books',
    summary: 'The books of each bank and day: sent, confirmed, returned, pending; ledger and bank',
    access: { table, permission: 'financing.books' },
    query: BooksQuery,
    response: BooksAnswer,
    pool: 'reports',
    handle: async ({ tx, act, principal, query, house }) => {
      const reference = await referenceOf(house.database);
      const to = query.to ?? act.today;
      const from = query.from ?? addDays(to as IsoDate, 1 - daysShown);
      const asked = { reference, from, to, bank: ownBank(principal) };
      return { from, to, items: await booksOf(tx, act.provinceId, asked) };
    },
  }),
];

/** Deciding needs the Persian sayer: what is taken back says why, in the language of the record. */
function decideRoute(persian: Say): AnyEndpoint {
  return endpoint({
    id: 'financing.decideLine',
    method: 'POST',
    url: '/api/bank-files/:code/lines/:line/decide',
    summary: 'Say whose a line is, or put it aside, with the reason',
    access: { table, permission: 'financing.decideLine' },
    params: LineParams,
    body: DecideBody,
    response: DecideAnswer,
    wholeProvince: 'taking back a payment gives back shares of agencies, which a bank does not see',
    problems: [
      ...['platform.not_found', 'financing.reason_missing', 'financing.line_decided'],
      'platform.later_step',
      ...['financing.line_does_not_fit', 'financing.over_plan', 'financing.loan_elsewhere'],
      ...['financing.before_last_step', 'financing.reference_taken', 'financing.loan_ended'],
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { decision, order, reason } = body;
      const file = await getFile(tx, caseKey(params.code));
      demandOwnFile(signedIn(principal), file);
      const reference = await referenceOf(house.database);
      const orderId = order === undefined ? null : idIn(act.provinceId, order);
      const { publicUrl } = house;
      const counter = { tx, act, reference, say: persian, publicUrl };
      await decideLine(counter, file, params.line, { decision, orderId, reason });
      return { code: params.code, line: params.line };
    },
  });
}

/** Payment orders, banks' files and the books; the record they write is Persian. */
export function bankFileRoutes(persian: Say): readonly AnyEndpoint[] {
  return [...orders, orderableRoute, ...orderDownloads, ...files, decideRoute(persian)];
}
