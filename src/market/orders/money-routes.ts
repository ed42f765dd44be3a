import { encodeCode } from '../../kit/code.ts';
import { type IsoDate, isoToJalali, jalaliToIso } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type AnyEndpoint, DownloadAnswer, endpoint } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import type { Say } from '../../platform/language.ts';
import type { Principal } from '../../platform/policy.ts';
import { CodeAnswer, CodeParams } from '../contract.ts';
import { marketPermissions as table, visibleStalls } from '../policy.ts';
import {
  ComplaintsAnswer,
  DuesAnswer,
  PayoutBody,
  SaidBody,
  StatementAnswer,
  StatementQuery,
} from './contract.ts';
import { getOrderForUpdate } from './queries.ts';
import { listDues, payOut, statementOf, statementPdf } from './statements.ts';
import { answerComplaint, openComplaints } from './talk.ts';

const wholeProvince = 'Dues, payouts and complaints are the directorate’s for its whole province.';
const office = { table, permission: 'market.settle' };

/** Statements, payouts and complaints. */
export function moneyRoutes(say: Say): readonly AnyEndpoint[] {
  return [showing, printing(say), ...officeRoutes];
}

/** A stall that the caller reads beyond what is public. @throws Problem `platform.not_found` (404) */
async function readableStall(tx: Tx, { provinceId }: Act, principal: Principal, code: string) {
  const row = await tx
    .selectFrom('stalls')
    .select(['id', 'name', 'person_id'])
    .where('province_id', '=', provinceId)
    .where('id', '=', idIn(provinceId, code))
    .where(visibleStalls(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** What was asked, or this Jalali month until today. */
function periodOf(act: Act, query: { readonly from?: string; readonly to?: string }) {
  const { year, month } = isoToJalali(act.today as IsoDate);
  return { from: query.from ?? jalaliToIso(year, month, 1), to: query.to ?? act.today };
}

const showing: AnyEndpoint = endpoint({
  id: 'market.showStatement',
  method: 'GET',
  url: '/api/stalls/:code/statement',
  summary: 'What moved for a stall in a period, from the ledger',
  access: { table, permission: 'market.showStatement' },
  params: CodeParams,
  query: StatementQuery,
  response: StatementAnswer,
  problems: ['platform.not_found'],
  handle: async ({ tx, act, principal, params, query }) => {
    const stall = await readableStall(tx, act, signedIn(principal), params.code);
    const it = await statementOf(tx, act.provinceId, stall.id, periodOf(act, query));
    return {
      ...{ from: it.from, to: it.to, openingRial: String(it.openingRial) },
      entries: it.entries.map((one) => ({ ...one, rial: String(one.rial) })),
      closingRial: String(it.closingRial),
    };
  },
});

function printing(say: Say): AnyEndpoint {
  return endpoint({
    id: 'market.printStatement',
    method: 'GET',
    url: '/api/stalls/:code/statement/paper',
    summary: 'The same as PDF, A4, in Persian',
    access: { table, permission: 'market.showStatement' },
    params: CodeParams,
    query: StatementQuery,
    response: DownloadAnswer,
    download: 'application/pdf',
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, query }) => {
      const stall = await readableStall(tx, act, signedIn(principal), params.code);
      const it = await statementOf(tx, act.provinceId, stall.id, periodOf(act, query));
      const { demonstration } = await tx
        .selectFrom('people')
        .select('demonstration')
        .where('province_id', '=', act.provinceId)
        .where('id', '=', stall.person_id)
        .executeTakeFirstOrThrow();
      const bytes = statementPdf(say, act.now, { name: stall.name, demonstration }, it);
      return { fileName: 'statement.pdf', bytes };
    },
  });
}

const officeRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.showDues',
    method: 'GET',
    url: '/api/market/dues',
    summary: 'What each maker is owed and has not been paid',
    access: office,
    response: DuesAnswer,
    wholeProvince,
    handle: async ({ tx, act }) => ({ items: await listDues(tx, act.provinceId) }),
  }),
  endpoint({
    id: 'market.payOut',
    method: 'POST',
    url: '/api/stalls/:code/payouts',
    summary: 'Record that a maker was paid what they are owed, or a part of it',
    access: office,
    params: CodeParams,
    body: PayoutBody,
    response: CodeAnswer,
    status: 201,
    wholeProvince,
    problems: ['platform.not_found', 'market.more_than_due', 'market.payout_twice'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { accountId } = signedIn(principal);
      const given = { ...body, amountRial: BigInt(body.amountRial), accountId };
      const id = await payOut(tx, act, idIn(act.provinceId, params.code), given);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.showComplaints',
    method: 'GET',
    url: '/api/market/complaints',
    summary: 'Complaints of buyers that nobody has answered',
    access: office,
    response: ComplaintsAnswer,
    wholeProvince,
    handle: async ({ tx, act }) => ({ items: await openComplaints(tx, act.provinceId) }),
  }),
  endpoint({
    id: 'market.answerComplaint',
    method: 'POST',
    url: '/api/orders/:code/answer-complaint',
    summary: 'Answer a buyer’s complaint',
    access: office,
    params: CodeParams,
    body: SaidBody,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'market.complaint_answered'],
    handle: async ({ tx, act, params, body }) => {
      const order = await getOrderForUpdate(tx, act.provinceId, idIn(act.provinceId, params.code));
      await answerComplaint(tx, act, order, body.said);
      return { code: params.code };
    },
  }),
];
