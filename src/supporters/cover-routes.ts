import { countyLabel, referenceOf, settingOn } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { CodeParams, idIn, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { coverAccess, recordCoverOpening } from './access.ts';
import { coverAct, wholeProvince } from './acts.ts';
import { CoverAnswer, OffersAnswer } from './answer-contract.ts';
import {
  ChooseBody,
  Lang,
  Nothing,
  OfferBody,
  ReasonBody,
  ReceiptBody,
  TakeBackBody,
} from './body-contract.ts';
import { type AnswerVerb, answerOffer, offerContract } from './contracts.ts';
import { endCover } from './covers.ts';
import { chooseSupporter, otherSupporters } from './default.ts';
import { supporterPermissions as table } from './policy.ts';
import { promisedGrains } from './product-units.ts';
import { answerReceipt, closeReceipt } from './receipts.ts';
import { showCover } from './show-cover.ts';

const reads: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supporters.showCover',
    method: 'GET',
    url: '/api/covers/:code',
    summary: 'A covered person: contract, materials, orders, months, and every entry',
    access: { table, permission: 'supporters.show' },
    params: CodeParams,
    query: Lang,
    response: CoverAnswer,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const access = await coverAccess(tx, principal, params.code);
      const reference = await referenceOf(house.database);
      const around = { reference, principal: signedIn(principal), today: act.today };
      const found = await showCover(tx, around, access);
      recordCoverOpening(tx, act, principal, access, 'supporter');
      return found;
    },
  }),
  endpoint({
    id: 'supporters.listOffers',
    method: 'GET',
    url: '/api/covers/:code/others',
    summary: 'Other supporters with a free place, of the same occupation, the nearest first',
    access: { table, permission: 'supporters.show' },
    params: CodeParams,
    query: Lang,
    response: OffersAnswer,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params, house }) => {
      const { provinceId, coverId } = await coverAccess(tx, principal, params.code);
      const reference = await referenceOf(house.database);
      const others = await otherSupporters(tx, provinceId, coverId);
      const items = others.map(({ caseId, countyId, name, places }) => {
        const county = countyLabel(reference, countyId);
        return { code: encodeCode(provinceId, caseId), name, places, county };
      });
      return { items };
    },
  }),
];

function answerRoute(id: AnswerVerb, path: string, summary: string): AnyEndpoint {
  return coverAct({
    id,
    path,
    summary,
    body: Nothing,
    problems: ['platform.wrong_state', 'supporters.no_offer', 'supporters.no_application'],
    carryOut: ({ tx, act, access: { coverId }, reference }) => {
      const asked = settingOn(reference, 'supporters.own_application', act.provinceId, act.today);
      return answerOffer(tx, act, id, { coverId, ownApplication: asked === 'yes' });
    },
  });
}

/** A covered person's contract, what they say of payments, and their supporter's default. */
export const coverRoutes: readonly AnyEndpoint[] = [
  ...reads,
  coverAct({
    id: 'supporters.offer',
    path: 'offer',
    summary: 'Offer a contract, or its next version: the offer is the supporter’s signature',
    body: OfferBody,
    problems: [
      ...['platform.wrong_state', 'supporters.not_approved', 'supporters.contract_open'],
      ...['supporters.no_lines', 'supporters.pay_too_late', 'supporters.not_listed'],
      ...['supporters.wrong_amount'],
    ],
    carryOut: async ({ tx, act, access, body, reference, publicUrl }) => {
      const lines = await promisedGrains(tx, access, body.lines);
      const { coverId } = access;
      await offerContract(tx, act, { reference, publicUrl }, { ...body, coverId, lines });
    },
  }),
  answerRoute('supporters.accept', 'accept', 'The covered person signs the offer'),
  answerRoute('supporters.decline', 'decline', 'The covered person declines the offer'),
  answerRoute('supporters.sign', 'sign', 'The agency signs: the contract is in force'),
  coverAct({
    id: 'supporters.endCover',
    path: 'end',
    summary: 'The person is no longer covered',
    body: ReasonBody,
    problems: ['platform.wrong_state', 'supporters.reason_missing'],
    carryOut: ({ tx, act, access: { coverId }, body: { reason } }) =>
      endCover(tx, act, { coverId, reason }),
  }),
  coverAct({
    id: 'supporters.choose',
    path: 'choose',
    summary: 'Choose another supporter, after one’s own was declared in default',
    body: ChooseBody,
    problems: ['platform.wrong_state', 'supporters.no_place', 'supporters.in_default'],
    carryOut: ({ tx, act, access: { coverId }, body, reference }) => {
      const caseId = idIn(act.provinceId, body.supporter);
      return chooseSupporter(tx, act, reference, { coverId, caseId });
    },
  }),
  coverAct({
    id: 'supporters.answerReceipt',
    path: 'receipt',
    summary: 'Say whether a payment came',
    body: ReceiptBody,
    problems: ['supporters.answered', 'supporters.taken_back', 'supporters.sum_missing'],
    carryOut: ({ tx, act, access: { coverId }, body: { amountRial, ...rest } }) => {
      const sum = amountRial === undefined ? {} : { amountRial: BigInt(amountRial) };
      return answerReceipt(tx, act, { coverId, ...rest, ...sum });
    },
  }),
  coverAct({
    id: 'supporters.closeReceipt',
    path: 'close-receipt',
    summary: 'Close an enquiry about a payment, with what was found',
    body: TakeBackBody,
    problems: ['supporters.no_enquiry', 'supporters.reason_missing'],
    carryOut: ({ tx, act, access: { coverId }, body }) =>
      closeReceipt(tx, act, { coverId, ...body }),
  }),
];
