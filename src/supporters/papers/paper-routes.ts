import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { CodeParams } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Say } from '../../platform/language.ts';
import { coverAccess, recordCoverOpening } from '../access.ts';
import { wholeProvince } from '../acts.ts';
import { ContractQuery, StatementQuery } from '../body-contract.ts';
import { supporterPermissions as table } from '../policy.ts';
import { contractPdf, statementPdf } from './papers.ts';

const Pdf = Type.Unsafe<Buffer>(Type.String({ contentMediaType: 'application/pdf' }));
const access = { table, permission: 'supporters.show' } as const;

function contractRoute(say: Say): AnyEndpoint {
  return endpoint({
    id: 'supporters.contractPaper',
    method: 'GET',
    url: '/api/covers/:code/contract.pdf',
    summary:
      'The three-party contract as PDF in Persian, A4: the newest version unless one is asked',
    access,
    params: CodeParams,
    query: ContractQuery,
    response: Pdf,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, query, house, reply }) => {
      const it = await coverAccess(tx, principal, params.code);
      const around = { reference: await referenceOf(house.database), say, now: act.now };
      const pdf = await contractPdf(tx, around, it, query.version);
      recordCoverOpening(tx, act, principal, it, 'paper');
      reply.type('application/pdf').header('cache-control', 'private, no-store');
      return pdf;
    },
  });
}

function statementRoute(say: Say): AnyEndpoint {
  return endpoint({
    id: 'supporters.statementPaper',
    method: 'GET',
    url: '/api/covers/:code/statement.pdf',
    summary: 'The statement of a covered person’s month as PDF in Persian, A4',
    access,
    params: CodeParams,
    query: StatementQuery,
    response: Pdf,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, query, house, reply }) => {
      const it = await coverAccess(tx, principal, params.code);
      const around = { reference: await referenceOf(house.database), say, now: act.now };
      const pdf = await statementPdf(tx, around, it, query.month);
      recordCoverOpening(tx, act, principal, it, 'paper');
      reply.type('application/pdf').header('cache-control', 'private, no-store');
      return pdf;
    },
  });
}

/** Papers of supporters' people; they are Persian, so they need a Persian sayer. */
export function supporterPaperRoutes(say: Say): readonly AnyEndpoint[] {
  return [contractRoute(say), statementRoute(say)];
}
