import { referenceOf } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { CodeParams, idIn, recordOpenings, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { supporterAccess } from './access.ts';
import { supporterAct, wholeProvince } from './acts.ts';
import { EnquiriesAnswer, MyAnswer, SupporterAnswer, SupporterList } from './answer-contract.ts';
import { addTradeRecords, applyAsSupporter, assessSupporter, strikeTradeRecord } from './apply.ts';
import {
  ApplyBody,
  IdBody,
  Lang,
  MaterialBody,
  Nothing,
  PersonBody,
  ProductBody,
  ReasonBody,
  TradeBody,
  TrainingBody,
} from './body-contract.ts';
import { namePerson } from './covers.ts';
import { declareDefault, endDefault } from './default.ts';
import { addProduct, keepMaterial, recordTraining } from './goods-book.ts';
import { agencyOf, listSupporters, myRelations } from './list.ts';
import { supporterPermissions as table } from './policy.ts';
import { openReceiptEnquiries } from './receipts.ts';
import { showSupporter } from './show-supporter.ts';

const reads: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supporters.list',
    method: 'GET',
    url: '/api/supporters',
    summary: 'Supporters with their people, what they took and what they owe',
    access: { table, permission: 'supporters.list' },
    query: Lang,
    response: SupporterList,
    wholeProvince,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      const around = { reference, principal: signedIn(principal), today: act.today };
      return { items: await listSupporters(tx, around, act.provinceId) };
    },
  }),
  endpoint({
    id: 'supporters.listEnquiries',
    method: 'GET',
    url: '/api/supporter-enquiries',
    summary: 'Payments of which the covered person says that they did not come, or not that sum',
    access: { table, permission: 'supporters.list' },
    query: Lang,
    response: EnquiriesAnswer,
    wholeProvince,
    handle: async ({ tx, act, principal }) => ({
      items: await openReceiptEnquiries(tx, act.provinceId, agencyOf(signedIn(principal))),
    }),
  }),
  endpoint({
    id: 'supporters.my',
    method: 'GET',
    url: '/api/my/supporters',
    summary: 'Where the caller is a supporter, and who supports them',
    access: { table, permission: 'supporters.my' },
    query: Lang,
    response: MyAnswer,
    wholeProvince,
    handle: ({ tx, principal }) => myRelations(tx, signedIn(principal)),
  }),
  endpoint({
    id: 'supporters.show',
    method: 'GET',
    url: '/api/supporters/:code',
    summary: 'A supporter: its record, people, orders, materials, products and months',
    access: { table, permission: 'supporters.show' },
    params: CodeParams,
    query: Lang,
    response: SupporterAnswer,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const access = await supporterAccess(tx, principal, params.code);
      const reference = await referenceOf(house.database);
      const around = { reference, principal: signedIn(principal), today: act.today };
      const found = await showSupporter(tx, around, access);
      const own = found.people.flatMap(({ ownCaseCode: its }) => (its === null ? [] : [its]));
      const cases = [access.caseId, ...own.map((its) => idIn(act.provinceId, its))];
      recordOpenings(tx, act, around.principal, cases, 'supporter');
      return found;
    },
  }),
];

const applying: readonly AnyEndpoint[] = [
  supporterAct({
    id: 'supporters.apply',
    path: 'apply',
    summary: 'Apply as a supporter, a firm with its name and number',
    body: ApplyBody,
    problems: [
      ...['supporters.not_a_supporter', 'supporters.applied_already'],
      ...['supporters.wrong_legal_id', 'supporters.firm_incomplete', 'supporters.too_young'],
    ],
    carryOut: ({ tx, act, access: { caseId }, body: { firmName, legalId }, reference }) => {
      if ((firmName === undefined) !== (legalId === undefined)) {
        throw new Problem('supporters.firm_incomplete');
      }
      const isFirm = firmName !== undefined && legalId !== undefined;
      const firm = isFirm ? { name: firmName, legalId } : undefined;
      return applyAsSupporter(tx, act, reference, { caseId, firm });
    },
  }),
  supporterAct({
    id: 'supporters.addTrade',
    path: 'trade',
    summary: 'Add an order or an invoice of an earlier year',
    body: TradeBody,
    problems: ['supporters.record_twice', 'supporters.future_day', 'supporters.too_long_ago'],
    carryOut: ({ tx, act, access, body: { amountRial, ...rest } }) =>
      addTradeRecords(tx, act, access.caseId, [{ ...rest, amountRial: BigInt(amountRial) }]),
  }),
  supporterAct({
    id: 'supporters.strikeTrade',
    path: 'strike-trade',
    summary: 'Strike a wrong document out',
    body: IdBody,
    problems: [],
    carryOut: ({ tx, act, access, body }) => strikeTradeRecord(tx, act, access.caseId, body.id),
  }),
  supporterAct({
    id: 'supporters.assess',
    path: 'assess',
    summary: 'The agency finds how many people the supporter can carry, by the rule of the day',
    body: Nothing,
    problems: [
      ...['platform.wrong_state', 'supporters.record_short'],
      ...['supporters.trade_short', 'supporters.capacity_short'],
    ],
    carryOut: ({ tx, act, access, reference }) =>
      assessSupporter(tx, act, reference, access.caseId),
  }),
  supporterAct({
    id: 'supporters.name',
    path: 'people',
    summary: 'Name a person who is to work under the supporter',
    body: PersonBody,
    problems: [
      ...['accounts.person_differs', 'supporters.no_place', 'supporters.themselves'],
      ...['supporters.covered_elsewhere', 'supporters.in_default'],
    ],
    carryOut: ({ tx, act, access: { caseId }, body: { mobile, ...rest }, reference }) => {
      const person = { ...rest, idKind: 'national' as const, mobile: mobile ?? null };
      return namePerson(tx, act, reference, { caseId, person });
    },
  }),
];

const keeping: readonly AnyEndpoint[] = [
  supporterAct({
    id: 'supporters.keepMaterial',
    path: 'materials',
    summary: 'Add a material, or give one its price of today',
    body: MaterialBody,
    problems: ['supporters.other_unit'],
    carryOut: ({ tx, act, access: { caseId }, body: { priceRial, ...rest } }) =>
      keepMaterial(tx, act, { ...rest, caseId, priceRial: BigInt(priceRial) }),
  }),
  supporterAct({
    id: 'supporters.addProduct',
    path: 'products',
    summary: 'Add a product with its recipe: what one unit takes of each material, and the waste',
    body: ProductBody,
    problems: [...['supporters.wrong_amount', 'supporters.no_recipe', 'supporters.product_twice']],
    carryOut: ({ tx, act, access: { caseId }, body }) => addProduct(tx, act, { ...body, caseId }),
  }),
  supporterAct({
    id: 'supporters.train',
    path: 'trainings',
    summary: 'Record a course, and who came',
    body: TrainingBody,
    problems: ['supporters.future_day', 'supporters.too_long_ago'],
    carryOut: ({ tx, act, access: { caseId }, body: { people, ...rest } }) => {
      const coverIds = people.map((code) => idIn(act.provinceId, code));
      return recordTraining(tx, act, { ...rest, caseId, coverIds });
    },
  }),
  supporterAct({
    id: 'supporters.declareDefault',
    path: 'declare-default',
    summary: 'Declare the supporter in default: its people may choose another',
    body: ReasonBody,
    problems: ['platform.wrong_state', 'supporters.no_default', 'supporters.reason_missing'],
    carryOut: ({ tx, act, access: { caseId }, body: { reason }, reference, publicUrl }) =>
      declareDefault(tx, act, { reference, publicUrl }, { caseId, reason }),
  }),
  supporterAct({
    id: 'supporters.endDefault',
    path: 'end-default',
    summary: 'The supporter keeps its word again',
    body: ReasonBody,
    problems: ['platform.wrong_state', 'supporters.reason_missing'],
    carryOut: ({ tx, act, access: { caseId }, body: { reason } }) =>
      endDefault(tx, act, { caseId, reason }),
  }),
];

/** Supporters as such: their record, people, goods and default. */
export const supporterBookRoutes: readonly AnyEndpoint[] = [...reads, ...applying, ...keeping];
