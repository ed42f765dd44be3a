import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { CodeParams, caseKey, idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Say } from '../../platform/language.ts';
import { demandReach } from '../../platform/policy.ts';
import { financingPermissions as table } from '../policy.ts';
import { SittingAnswer, SittingBody, SittingsAnswer } from './contract.ts';
import { listSittings, minutesPdf } from './minutes.ts';
import { holdSitting } from './sittings.ts';

const sittingRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.sittings',
    method: 'GET',
    url: '/api/sittings',
    summary: 'Sittings of the caller’s province, the newest first',
    access: { table, permission: 'financing.sittings' },
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: SittingsAnswer,
    handle: async ({ tx, act, house }) => ({
      items: await listSittings(tx, await referenceOf(house.database), act.provinceId),
    }),
  }),
  endpoint({
    id: 'financing.holdSitting',
    method: 'POST',
    url: '/api/sittings',
    summary: 'Record a sitting and what it decided about each case, with reasons',
    access: { table, permission: 'financing.holdSitting' },
    body: SittingBody,
    response: SittingAnswer,
    status: 201,
    problems: ['platform.not_found', 'financing.sitting_incomplete', 'financing.not_on_agenda'],
    handle: async ({ tx, act, body, house }) => {
      const countyId = body.county === undefined ? null : Number(body.county);
      const decisions = body.decisions.map(({ code, ...one }) => ({
        ...one,
        caseId: idIn(act.provinceId, code),
      }));
      const reference = await referenceOf(house.database);
      const id = await holdSitting(tx, act, reference, { ...body, countyId, decisions });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
];

function minutesRoute(say: Say): AnyEndpoint {
  return endpoint({
    id: 'financing.minutes',
    method: 'GET',
    url: '/api/sittings/:code/minutes.pdf',
    summary: 'The minutes of a sitting as PDF in Persian, A4, to sign',
    access: { table, permission: 'financing.sittings' },
    params: CodeParams,
    response: Type.Unsafe<Buffer>(Type.String({ contentMediaType: 'application/pdf' })),
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house, reply }) => {
      const key = caseKey(params.code);
      demandReach(signedIn(principal), key.provinceId);
      const reference = await referenceOf(house.database);
      const pdf = await minutesPdf(tx, { reference, say, now: act.now }, key);
      reply.type('application/pdf').header('cache-control', 'private, no-store');
      return pdf;
    },
  });
}

/** Sittings of committees and their minutes; those are Persian, so they need a Persian sayer. */
export function committeeRoutes(say: Say): readonly AnyEndpoint[] {
  return [...sittingRoutes, minutesRoute(say)];
}
