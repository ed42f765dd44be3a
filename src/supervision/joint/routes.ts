import { referenceOf } from '../../accounts/index.ts';
import { CodeAnswer, caseKey, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { LangQuery, VisitCode } from '../contract.ts';
import { ownOrganisation, supervisionPermissions as table } from '../policy.ts';
import { visibleVisit } from '../show.ts';
import { ExcuseBody, JointAnswer, PartyBody } from './contract.ts';
import { askParty, excuseParty, listJoint } from './parties.ts';

const wholeProvince = 'an agency joins a visit of another’s; the visit is asked first';

/** Agencies that join a visit of another agency's, and stand behind it with their signature. */
export const jointRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.askParty',
    method: 'POST',
    url: '/api/visits/:code/parties',
    summary: 'Ask an agency to join a visit: it passes only with that agency’s signature',
    access: { table, permission: 'supervision.askParty' },
    params: VisitCode,
    body: PartyBody,
    response: CodeAnswer,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['supervision.party_wrong', 'supervision.party_asked'],
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const key = caseKey(params.code);
      await visibleVisit(tx, signedIn(principal), key);
      const asked = { visitId: key.id, organisationId: body.organisation };
      await askParty(tx, act, await referenceOf(house.database), asked);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'supervision.excuseParty',
    method: 'POST',
    url: '/api/visits/:code/parties/excuse',
    summary: 'Excuse an agency that was asked to join and does not come, with the reason',
    access: { table, permission: 'supervision.excuseParty' },
    params: VisitCode,
    body: ExcuseBody,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'platform.wrong_state', 'supervision.party_wrong'],
    handle: async ({ tx, act, principal, params, body }) => {
      const key = caseKey(params.code);
      await visibleVisit(tx, signedIn(principal), key);
      const { organisation: organisationId, reason } = body;
      await excuseParty(tx, act, { visitId: key.id, organisationId, reason });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'supervision.listJoint',
    method: 'GET',
    url: '/api/joint-visits',
    summary: 'Visits that agencies were asked to join, with how each stands behind them',
    access: { table, permission: 'supervision.coverage' },
    query: LangQuery,
    response: JointAnswer,
    wholeProvince,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      const who = signedIn(principal);
      const asked = { principal: who, organisation: ownOrganisation(who) };
      return { items: await listJoint(tx, reference, act.provinceId, asked) };
    },
  }),
];
