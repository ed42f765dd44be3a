import type { AnyEndpoint } from '../platform/endpoint.ts';
import { coverAct } from './acts.ts';
import {
  DeductBody,
  IdBody,
  MaterialEntryBody,
  OrderBody,
  PayBody,
  ReceiveBody,
  TakeBackBody,
} from './body-contract.ts';
import { cancelOrder, giveOrder } from './goods-book.ts';
import { enterLedger } from './ledger/enter.ts';
import type { MaterialInput } from './ledger/judge-entries.ts';
import { takeBackEntry } from './ledger/take-back.ts';
import { keptUnit } from './product-units.ts';
import { toGrains } from './quantity-rules.ts';
import { payPeople } from './receipts.ts';

const ofAmounts = [
  'supporters.future_day',
  'supporters.too_long_ago',
  'supporters.wrong_amount',
  'supporters.material_short',
];

function materialRoute(id: MaterialInput['verb'], path: string, summary: string): AnyEndpoint {
  return coverAct({
    id,
    path,
    summary,
    body: MaterialEntryBody,
    problems: [
      ...ofAmounts,
      ...['supporters.no_contract', 'supporters.not_covered', 'supporters.reason_missing'],
    ],
    carryOut: async ({ tx, act, access, body }) => {
      const { materialId, amount, unit, reason, happenedOn = act.today } = body;
      const kept = await keptUnit(tx, access, 'materials', materialId);
      const grains = toGrains(amount, unit, kept);
      const entry = { verb: id, coverId: access.coverId, materialId, grains, happenedOn, reason };
      await enterLedger(tx, act, [entry]);
    },
  });
}

const receiveRoute = coverAct({
  id: 'supporters.receive',
  path: 'receive',
  summary:
    'Goods came: what was accepted earns the agreed rate, and the recipe consumes the material',
  body: ReceiveBody,
  problems: [
    ...ofAmounts,
    ...['supporters.no_contract', 'supporters.not_agreed', 'supporters.under_rate'],
    ...['supporters.not_exact', 'supporters.over_due'],
  ],
  carryOut: async ({ tx, act, access, body }) => {
    const { productId, rateRial, quality = 'first', happenedOn = act.today } = body;
    const unit = await keptUnit(tx, access, 'work_products', productId);
    const acceptedGrains = toGrains(body.accepted, unit);
    const rejectedGrains = toGrains(body.rejected ?? '0', unit);
    await enterLedger(tx, act, [
      {
        ...{ verb: 'supporters.receive', coverId: access.coverId, productId, happenedOn },
        ...{ acceptedGrains, rejectedGrains, orderId: body.orderId, note: body.note },
        quality: acceptedGrains === 0n ? 'rejected' : quality,
        rateRial: rateRial === undefined ? undefined : BigInt(rateRial),
      },
    ]);
  },
});

const payRoutes: readonly AnyEndpoint[] = [
  coverAct({
    id: 'supporters.deduct',
    path: 'deduct',
    summary: 'Take an agreed deduction from a month’s pay, within its limit',
    body: DeductBody,
    problems: [
      ...['supporters.not_listed', 'supporters.over_limit', 'supporters.over_due'],
      ...['supporters.no_contract', 'supporters.no_month', 'supporters.reason_missing'],
    ],
    carryOut: async ({ tx, act, access: { coverId }, body }) => {
      const { month, kind: label, reason } = body;
      const amountRial = BigInt(body.amountRial);
      const entry = { coverId, month, label, reason, amountRial, happenedOn: act.today };
      await enterLedger(tx, act, [{ ...entry, verb: 'supporters.deduct' }]);
    },
  }),
  coverAct({
    id: 'supporters.pay',
    path: 'pay',
    summary: 'A month’s pay was paid, or a part of it: the person is asked whether it came',
    body: PayBody,
    problems: [
      'supporters.no_month',
      'supporters.over_due',
      'supporters.future_day',
      'supporters.too_long_ago',
    ],
    carryOut: async ({ tx, act, access: { coverId }, body, publicUrl, bySms }) => {
      const { happenedOn = act.today, ...rest } = body;
      const payment = { ...rest, coverId, happenedOn, amountRial: BigInt(body.amountRial) };
      await payPeople(tx, act, { publicUrl, bySms }, [payment]);
    },
  }),
  coverAct({
    id: 'supporters.takeBack',
    path: 'take-back',
    summary: 'Take an entry of the ledger back, with the reason',
    body: TakeBackBody,
    problems: [
      ...['supporters.taken_back', 'supporters.reason_missing', 'supporters.material_short'],
      ...['supporters.over_due', 'supporters.over_limit'],
    ],
    carryOut: ({ tx, act, access: { coverId }, body }) =>
      takeBackEntry(tx, act, { coverId, ...body }),
  }),
];

/** The entries of a covered person's ledger: orders, materials, goods, pay. */
export const entryRoutes: readonly AnyEndpoint[] = [
  coverAct({
    id: 'supporters.order',
    path: 'orders',
    summary: 'Give an order: what to make, until when, and where to bring it',
    body: OrderBody,
    problems: [
      ...['supporters.wrong_amount', 'supporters.due_before_today'],
      'supporters.order_number_twice',
    ],
    carryOut: async ({ tx, act, access, body }) => {
      const { productId, amount, dueOn, deliverTo } = body;
      const grains = toGrains(amount, await keptUnit(tx, access, 'work_products', productId));
      const order = { coverId: access.coverId, productId, grains, dueOn, deliverTo };
      await giveOrder(tx, act, order);
    },
  }),
  coverAct({
    id: 'supporters.cancelOrder',
    path: 'cancel-order',
    summary: 'Cancel an order of which nothing has come',
    body: IdBody,
    problems: [],
    carryOut: ({ tx, act, access: { coverId }, body }) =>
      cancelOrder(tx, act, { coverId, orderId: body.id }),
  }),
  materialRoute('supporters.issue', 'issue', 'Send material to the person'),
  materialRoute('supporters.returnMaterial', 'return', 'Material came back'),
  materialRoute('supporters.scrap', 'scrap', 'Material was spoilt, with why'),
  receiveRoute,
  ...payRoutes,
];
