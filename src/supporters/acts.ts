import type { Static, TSchema } from 'typebox';
import { type Reference, referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { CodeParams } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Act } from '../platform/history.ts';
import { type Access, coverAccess, supporterAccess } from './access.ts';
import { Done } from './body-contract.ts';
import { supporterPermissions as table } from './policy.ts';
import type { WaysToAnswer } from './sms/ask.ts';

/** Why these endpoints see the whole province: each row of a ledger is about two people at once. */
export const wholeProvince = 'supporter and covered person see what is about both of them';

/** What an act is carried out with. */
type ActCall<B> = WaysToAnswer & {
  readonly tx: Tx;
  readonly act: Act;
  readonly access: Access;
  readonly body: B;
  readonly reference: Reference;
};

type ActRoute<B extends TSchema> = {
  /** The step, its permission and operation. */
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly body: B;
  readonly problems: readonly string[];
  /** Acts; what it returns is the id of what it made, else the code of the address is answered. */
  readonly carryOut: (call: ActCall<Static<B>>) => Promise<unknown>;
};

function actRoute<B extends TSchema>(
  of: 'supporters' | 'covers',
  { id, path, summary, body, problems, carryOut }: ActRoute<B>,
): AnyEndpoint {
  const findAccess = of === 'covers' ? coverAccess : supporterAccess;
  const route = endpoint({
    id,
    method: 'POST',
    url: `/api/${of}/:code/${path}`,
    summary,
    access: { table, permission: id },
    params: CodeParams,
    body,
    response: Done,
    wholeProvince,
    problems: ['platform.not_found', ...problems],
    handle: async ({ tx, act, principal, params, body: said, house }) => {
      const access = await findAccess(tx, principal, params.code, id);
      const reference = await referenceOf(house.database);
      const ways = { publicUrl: house.publicUrl, bySms: house.inboundSecret !== undefined };
      const made = await carryOut({ tx, act, access, body: said, reference, ...ways });
      return { code: typeof made === 'string' ? encodeCode(act.provinceId, made) : params.code };
    },
  });
  return route as unknown as AnyEndpoint;
}

/** A step about a supporter: the code is its case's. */
export function supporterAct<B extends TSchema>(route: ActRoute<B>): AnyEndpoint {
  return actRoute('supporters', route);
}

/** A step about one covered person and their supporter: the code is the cover's. */
export function coverAct<B extends TSchema>(route: ActRoute<B>): AnyEndpoint {
  return actRoute('covers', route);
}
