import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { CodeParams, caseKey, idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Say } from '../../platform/language.ts';
import { demandReach } from '../../platform/policy.ts';
import { financingPermissions as table } from '../policy.ts';
import { callSitting, dropAgenda, listAgendas } from './agendas.ts';
import {
  AgendaBody,
  AgendasAnswer,
  SittingAnswer,
  SittingBody,
  SittingsAnswer,
} from './contract.ts';
import { agendaPdf, listSittings, minutesPdf } from './minutes.ts';
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
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['financing.sitting_incomplete', 'financing.not_on_agenda'],
    ],
    handle: async ({ tx, act, body, house }) => {
      const countyId = body.county === undefined ? null : Number(body.county);
      const decisions = body.decisions.map(({ code, ...one }) => ({
        ...one,
        caseId: idIn(act.provinceId, code),
      }));
      const reference = await referenceOf(house.database);
      const agendaId = body.agenda && idIn(act.provinceId, body.agenda);
      const id = await holdSitting(tx, act, reference, { ...body, agendaId, countyId, decisions });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
];

const agendaRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.agendas',
    method: 'GET',
    url: '/api/agendas',
    summary: 'Sittings that were called and not held yet, the next one first',
    access: { table, permission: 'financing.sittings' },
    response: AgendasAnswer,
    handle: async ({ tx, act, house }) => ({
      items: await listAgendas(tx, await referenceOf(house.database), act.provinceId),
    }),
  }),
  endpoint({
    id: 'financing.callSitting',
    method: 'POST',
    url: '/api/agendas',
    summary: 'Call a sitting: who sits, on which day, and which cases it will speak of',
    access: { table, permission: 'financing.holdSitting' },
    body: AgendaBody,
    response: SittingAnswer,
    status: 201,
    problems: [
      ...['platform.not_found', 'financing.agenda_incomplete'],
      ...['financing.not_on_agenda', 'financing.on_another_agenda'],
    ],
    handle: async ({ tx, act, body, house }) => {
      const countyId = body.county === undefined ? null : Number(body.county);
      const caseIds = body.cases.map((code) => idIn(act.provinceId, code));
      const reference = await referenceOf(house.database);
      const id = await callSitting(tx, act, reference, { ...body, countyId, caseIds });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'financing.dropAgenda',
    method: 'POST',
    url: '/api/agendas/:code/drop',
    summary: 'Drop a sitting that will not be held; its cases wait for another',
    access: { table, permission: 'financing.holdSitting' },
    params: CodeParams,
    response: SittingAnswer,
    wholeProvince: 'an agenda is of the cases of many',
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, params }) => {
      await dropAgenda(tx, act, idIn(act.provinceId, params.code));
      return { code: params.code };
    },
  }),
];

type Paper = typeof minutesPdf;

function paperRoute(id: string, url: string, summary: string, write: Paper, say: Say): AnyEndpoint {
  return endpoint({
    id,
    method: 'GET',
    url,
    summary,
    access: { table, permission: 'financing.sittings' },
    params: CodeParams,
    response: Type.Unsafe<Buffer>(Type.String({ contentMediaType: 'application/pdf' })),
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house, reply }) => {
      const key = caseKey(params.code);
      demandReach(signedIn(principal), key.provinceId);
      const reference = await referenceOf(house.database);
      const pdf = await write(tx, { reference, say, now: act.now }, key);
      reply.type('application/pdf').header('cache-control', 'private, no-store');
      return pdf;
    },
  });
}

/** Agendas, sittings of committees and their minutes; the papers are Persian, so they need a Persian sayer. */
export function committeeRoutes(say: Say): readonly AnyEndpoint[] {
  const minutes = 'The minutes of a sitting as PDF in Persian, A4, to sign';
  const agenda = 'The agenda of a sitting as PDF in Persian, A4, to send to its members';
  return [
    ...sittingRoutes,
    ...agendaRoutes,
    paperRoute('financing.minutes', '/api/sittings/:code/minutes.pdf', minutes, minutesPdf, say),
    paperRoute('financing.agenda', '/api/agendas/:code/agenda.pdf', agenda, agendaPdf, say),
  ];
}
