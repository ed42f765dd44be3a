import { Type } from 'typebox';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { SessionsAnswer } from './factors/contract.ts';
import { accountPermissions as table } from './policy.ts';

const access = { table, permission: 'accounts.ownSessions' } as const;
const wholeProvince = 'The account’s own rows, found by who is signed in.';
const Key = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

/** The sessions of an account that are open, the newest first. */
async function sessionsOf(tx: Tx, act: Act, principal: Principal | null) {
  const rows = await tx
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'factors', 'recorded_at', 'expires_at'])
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', principal?.accountId ?? '')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', act.now)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return {
    sessions: rows.map((row) => ({
      code: encodeCode(act.provinceId, row.id),
      browser: row.user_agent,
      factors: row.factors,
      openedAt: row.recorded_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      current: row.id === principal?.sessionId,
    })),
  };
}

/** Ends sessions of the caller's own account: one, or all but the one in use. */
async function endOwn(tx: Tx, act: Act, principal: Principal | null, id?: string): Promise<void> {
  const ended = await tx
    .updateTable('sessions')
    .set({ ended_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('account_id', '=', principal?.accountId ?? '')
    .where('ended_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(id === undefined, (query) => query.where('id', '<>', principal?.sessionId ?? ''))
    .returning('id')
    .execute();
  if (id !== undefined && ended.length === 0) throw new Problem('platform.not_found');
}

/** One's own sessions: where one is signed in, and the end of it. */
export const sessionRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.listSessions',
    method: 'GET',
    url: '/api/my/sessions',
    summary: 'Where one is signed in',
    access,
    response: SessionsAnswer,
    wholeProvince,
    handle: ({ tx, act, principal }) => sessionsOf(tx, act, principal),
  }),
  endpoint({
    id: 'accounts.endSession',
    method: 'POST',
    url: '/api/my/sessions/:code/end',
    objectFrom: 'account',
    summary: 'End one of one’s own sessions',
    access,
    params: Key,
    response: SessionsAnswer,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, params, principal }) => {
      const id = decodeCode(params.code)?.id;
      if (principal?.provinceId !== act.provinceId || !id) throw new Problem('platform.not_found');
      await endOwn(tx, act, principal, id);
      return sessionsOf(tx, act, principal);
    },
  }),
  endpoint({
    id: 'accounts.endOtherSessions',
    method: 'POST',
    url: '/api/my/sessions/end-others',
    summary: 'End all of one’s own sessions but this one',
    access,
    response: SessionsAnswer,
    wholeProvince,
    handle: async ({ tx, act, principal }) => {
      await endOwn(tx, act, principal);
      return sessionsOf(tx, act, principal);
    },
  }),
];
