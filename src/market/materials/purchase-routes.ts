import { sql } from 'kysely';
import { getCounty, type Reference, referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import {
  CodeOnly,
  DeliveryBody,
  Done,
  OpenPurchaseBody,
  PricesAnswer,
  PricesQuery,
  PurchaseAnswer,
  PurchasesAnswer,
  PurchasesQuery,
  ReasonBody,
} from './contract.ts';
import { deliver } from './hand-out.ts';
import { materialPermissions as table } from './policy.ts';
import { pricesOf } from './prices.ts';
import { cancelPurchase, closePurchase, openPurchase, type PurchaseInput } from './purchases.ts';
import { purchaseLines, showPurchase } from './show.ts';
import { tellArrival, tellInvited } from './tell.ts';

const ofProvince = 'a purchase is of makers of every agency';

/** Purchases that makers pool their needs into, from the office's side; and what was paid before. */
export const purchaseRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.listPurchases',
    method: 'GET',
    url: '/api/purchases',
    summary: 'Pooled purchases of the province, the newest first',
    access: { table, permission: 'market.listPurchases' },
    query: PurchasesQuery,
    response: PurchasesAnswer,
    handle: async ({ tx, act, house }) => {
      const reference = await referenceOf(house.database);
      return { items: await purchaseLines(tx, reference, act.provinceId, sql<boolean>`true`) };
    },
  }),
  endpoint({
    id: 'market.showPurchase',
    method: 'GET',
    url: '/api/purchases/:code',
    summary: 'A purchase with its makers, offers, deliveries and shares',
    access: { table, permission: 'market.showPurchase' },
    params: CodeOnly,
    query: PurchasesQuery,
    response: PurchaseAnswer,
    wholeProvince: ofProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const key = { provinceId: act.provinceId, id: idIn(act.provinceId, params.code) };
      return showPurchase(tx, await referenceOf(house.database), signedIn(principal), key);
    },
  }),
  endpoint({
    id: 'market.openPurchase',
    method: 'POST',
    url: '/api/purchases',
    summary: 'Open a purchase that makers can join until a day or a quantity',
    access: { table, permission: 'market.openPurchase' },
    body: OpenPurchaseBody,
    response: Done,
    status: 201,
    problems: ['platform.not_found', 'accounts.unknown_county', 'market.day_passed'],
    handle: async ({ tx, act, body, house }) => {
      const reference = await referenceOf(house.database);
      const id = await openPurchase(tx, act, purchaseOf(reference, act.provinceId, body));
      await tellInvited(tx, act, id);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.closePurchase',
    method: 'POST',
    url: '/api/purchases/:code/close',
    summary: 'End joining before its day',
    access: { table, permission: 'market.closePurchase' },
    params: CodeOnly,
    response: Done,
    wholeProvince: ofProvince,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, params }) => {
      await closePurchase(tx, act, idIn(act.provinceId, params.code));
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.cancelPurchase',
    method: 'POST',
    url: '/api/purchases/:code/cancel',
    summary: 'Call a purchase off before anything was ordered',
    access: { table, permission: 'market.cancelPurchase' },
    params: CodeOnly,
    body: ReasonBody,
    response: Done,
    wholeProvince: ofProvince,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, params, body }) => {
      await cancelPurchase(tx, act, idIn(act.provinceId, params.code), body.reason);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.deliver',
    method: 'POST',
    url: '/api/purchases/:code/deliveries',
    summary: 'Record that so much came to a delivery point',
    access: { table, permission: 'market.deliver' },
    params: CodeOnly,
    body: DeliveryBody,
    response: Done,
    wholeProvince: ofProvince,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.no_such_point', 'market.more_than_ordered'],
    ],
    handle: async ({ tx, act, params, body }) => {
      const id = idIn(act.provinceId, params.code);
      await deliver(tx, act, id, { ...body, quantity: BigInt(body.quantity) });
      await tellArrival(tx, act, id, body.point);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.showPrices',
    method: 'GET',
    url: '/api/material-prices',
    summary: 'What makers of a county paid for a material, by month; few makers are not shown',
    access: { table, permission: 'market.showPrices' },
    query: PricesQuery,
    response: PricesAnswer,
    wholeProvince: 'a price is that of many makers’ shares, of none by itself',
    problems: ['platform.not_found', 'accounts.unknown_county'],
    handle: async ({ tx, act, query, house }) => {
      const reference = await referenceOf(house.database);
      const materialId = idIn(act.provinceId, query.material);
      const countyId = getCounty(reference, Number(query.county), act.provinceId).id;
      const of = { materialId, countyId };
      const cells = await pricesOf(tx, act, reference, of);
      const items = cells.map(({ month, makers, quantity, unitRial }) => ({
        ...{ month, makers, quantity: Number(quantity), unitRial: String(unitRial) },
      }));
      return { items };
    },
  }),
];

type GivenPurchase = {
  readonly material: string;
  readonly county?: string | undefined;
  readonly closesOn: string;
  readonly enough?: number | undefined;
  readonly retail?: { readonly unitRial: string; readonly source: string } | undefined;
  readonly points: readonly { readonly county: string; readonly place: string }[];
};

function purchaseOf(
  reference: Reference,
  provinceId: number,
  { material, county, closesOn, enough, retail, points }: GivenPurchase,
): PurchaseInput {
  const countyOf = (code: string) => getCounty(reference, Number(code), provinceId).id;
  return {
    ...{ materialId: idIn(provinceId, material), closesOn },
    countyId: county === undefined ? null : countyOf(county),
    enough: enough === undefined ? null : BigInt(enough),
    retail: retail ? { unitRial: BigInt(retail.unitRial), source: retail.source } : null,
    points: points.map((one) => ({ countyId: countyOf(one.county), place: one.place })),
  };
}
