import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { getStall, type StallFor } from '../orders/place.ts';
import { getRequestForUpdate, savePledge, saveRequest } from './queries.ts';
import { checkPledge } from './rules.ts';

/** What a maker would make, or has, of what was asked. */
export type PledgeInput = {
  readonly requestId: string;
  readonly stallId: string;
  readonly productId: string | null;
  readonly quantity: number;
  readonly eachRial: bigint;
  readonly readyOn: string;
  readonly note?: string | undefined;
};

/** A stall of the caller's own that sells today. @throws Problem `platform.not_found` (404) for another's */
async function ownStall(
  tx: Tx,
  act: Act,
  { personId }: Pick<Principal, 'personId'>,
  stallId: string,
): Promise<StallFor> {
  const stall = await getStall(tx, act, stallId, { personId: null });
  if (personId === null || stall.person_id !== personId) throw new Problem('platform.not_found');
  return stall;
}

/**
 * Pledges a part of a request from a stall of one's own; as many makers at once as there are.
 * @returns the pledge's id
 * @throws Problem `platform.not_found`, `market.request_over`, `market.dearer_than_asked`, `market.later_than_asked`,
 *   `market.pledged_already`, `market.own_product`, `market.permit_not_valid`, `market.stall_closed`
 */
export async function pledge(
  tx: Tx,
  act: Act,
  maker: Pick<Principal, 'accountId' | 'personId'>,
  input: PledgeInput,
): Promise<string> {
  const stall = await ownStall(tx, act, maker, input.stallId);
  const request = await getRequestForUpdate(tx, act.provinceId, input.requestId);
  const own = request.buyer_id === maker.accountId;
  if (own) throw new Problem('market.own_product');
  await demandFit(tx, act, { stall, request, productId: input.productId });
  const asked = {
    ...{ mostRial: request.most_rial, neededBy: request.needed_by_on },
    ...{ closesOn: request.closes_on, state: request.state },
  };
  checkPledge(asked, input, act.today);
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('pledges')
    .values({
      ...{ province_id: act.provinceId, id, request_id: request.id, stall_id: stall.id },
      ...{ case_id: stall.case_id, person_id: stall.person_id, product_id: input.productId },
      ...{ quantity: input.quantity, each_rial: input.eachRial, ready_on: input.readyOn },
      ...{ note: normaliseText(input.note ?? ''), state: 'standing', recorded_at: act.now },
    })
    .execute();
  await saveRequest(tx, request, { pledged: request.pledged + input.quantity });
  return id;
}

/** The stall is of the trade that was asked, and the product one of the stall's. */
async function demandFit(
  tx: Tx,
  { provinceId }: Act,
  it: {
    readonly stall: StallFor;
    readonly request: { readonly occupation_id: string };
    readonly productId: string | null;
  },
): Promise<void> {
  const stall = await tx
    .selectFrom('stalls')
    .select('occupation_id')
    .where('province_id', '=', provinceId)
    .where('id', '=', it.stall.id)
    .executeTakeFirstOrThrow();
  if (stall.occupation_id !== it.request.occupation_id) throw new Problem('platform.not_found');
  if (it.productId === null) return;
  const product = await tx
    .selectFrom('products')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('id', '=', it.productId)
    .where('stall_id', '=', it.stall.id)
    .executeTakeFirst();
  if (!product) throw new Problem('platform.not_found');
}

/** Takes a pledge of one's own back. @throws Problem `platform.not_found`, `market.pledge_gone` */
export async function withdrawPledge(
  tx: Tx,
  act: Act,
  { personId }: Principal,
  id: string,
): Promise<void> {
  const row = await tx
    .selectFrom('pledges')
    .select(['request_id', 'person_id'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row || row.person_id !== personId) throw new Problem('platform.not_found');
  // The request first, as everywhere; what the pledge is by now is only known behind its lock.
  const request = await getRequestForUpdate(tx, act.provinceId, row.request_id);
  const { state, quantity } = await tx
    .selectFrom('pledges')
    .select(['state', 'quantity'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (state !== 'standing') throw new Problem('market.pledge_gone');
  await savePledge(tx, { province_id: act.provinceId, id }, { state: 'withdrawn' });
  await saveRequest(tx, request, { pledged: request.pledged - quantity });
}
