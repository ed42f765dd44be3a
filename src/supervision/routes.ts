import {
  countyLabel,
  limitOn,
  occupationLabel,
  organisationLabel,
  type Reference,
  referenceOf,
} from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { CodeAnswer, CodeParams, idIn, openCase, signedIn, visibleCase } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Principal } from '../platform/policy.ts';
import { askRoutes } from './asks/routes.ts';
import { listAssignees } from './assignees.ts';
import { checklistRoutes } from './checklist-routes.ts';
import {
  AssigneesAnswer,
  CaseAnswer,
  CoverageAnswer,
  EscalationsAnswer,
  GatesAnswer,
  LangQuery,
  OverridesAnswer,
  PlanBody,
  ReasonBody,
  VisitCode,
} from './contract.ts';
import { coverageByAgency } from './coverage.ts';
import { deviationRoutes } from './deviation-routes.ts';
import { listEscalations } from './escalations.ts';
import { type Gate, listGates, paidWithoutGate } from './gate.ts';
import { jointRoutes } from './joint/routes.ts';
import { askOverride, decideOverride, type ListedOverride, listOverrides } from './overrides.ts';
import { planVisits } from './plan-visits.ts';
import { plannableStages } from './plannable.ts';
import { ownOrganisation, supervisionPermissions as table } from './policy.ts';
import { sampleRoutes } from './sample-routes.ts';
import { visitsOfCase } from './show.ts';
import { visitRoutes } from './visit-routes.ts';

const wholeProvince = 'a step of supervision stands in the record of cases of every agency';

type CaseKey = { readonly provinceId: number; readonly id: string };

function gateLine(reference: Reference, provinceId: number, gate: Gate) {
  return {
    caseCode: encodeCode(provinceId, gate.caseId),
    name: `${gate.firstName} ${gate.lastName}`,
    occupation: occupationLabel(reference, gate.occupationId),
    agency: organisationLabel(reference, gate.agencyId),
    bank: organisationLabel(reference, gate.bankId),
    county: countyLabel(reference, gate.countyId),
    ...{ tranche: gate.tranche, leftRial: String(gate.leftRial), stage: gate.stage },
    ...{ open: gate.open, waitsFor: gate.waitsFor, dueOn: gate.dueOn },
    visit: gate.visitId === null ? null : encodeCode(provinceId, gate.visitId),
  };
}

function overrideLine(reference: Reference, provinceId: number, it: ListedOverride) {
  return {
    ...{ code: encodeCode(provinceId, it.id), caseCode: encodeCode(provinceId, it.caseId) },
    agency: organisationLabel(reference, it.agencyId),
    bank: organisationLabel(reference, it.bankId),
    ...{ tranche: it.tranche, state: it.state, reason: it.reason, paidOn: it.paidOn },
    ...{ askedBy: it.askedBy, askedAt: it.askedAt.toISOString(), decidedBy: it.decidedBy },
    decidedAt: it.decidedAt?.toISOString() ?? null,
    decidedReason: it.decidedReason,
  };
}

/** The ways round the gate of a case. Who asked for one, and why, is between offices. */
async function caseOverrides(tx: Tx, reference: Reference, { role }: Principal, key: CaseKey) {
  if (role === 'citizen') return [];
  const found = await listOverrides(tx, key.provinceId, { caseId: key.id });
  return found.map((one) => overrideLine(reference, key.provinceId, one));
}

const caseRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.showCase',
    method: 'GET',
    url: '/api/cases/:code/supervision',
    summary: 'What the next tranche of a case waits for, its visits and what was paid without gate',
    access: { table, permission: 'supervision.showCase' },
    params: CodeParams,
    query: LangQuery,
    response: CaseAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const key = await openCase(tx, act, principal, params.code);
      const reference = await referenceOf(house.database);
      const { provinceId, id: caseId } = key;
      const [gate] = await listGates(tx, provinceId, { caseId, limit: 1 });
      return {
        gate: gate ? gateLine(reference, provinceId, gate) : null,
        plannable: await plannableStages(tx, reference, key, act.today),
        visits: await visitsOfCase(tx, reference, key),
        paidWithoutGate: await paidWithoutGate(tx, provinceId, caseId),
        overrides: await caseOverrides(tx, reference, signedIn(principal), key),
      };
    },
  }),
  endpoint({
    id: 'supervision.plan',
    method: 'POST',
    url: '/api/cases/:code/visits',
    summary: 'Plan a visit to a case’s plan, and give it to somebody',
    access: { table, permission: 'supervision.plan' },
    params: CodeParams,
    body: PlanBody,
    response: CodeAnswer,
    status: 201,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'financing.no_plan', 'supervision.stage_not_due'],
      ...['supervision.channel_too_weak', 'supervision.visit_open', 'supervision.no_such_assignee'],
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id: caseId } = await visibleCase(tx, principal, params.code);
      const { assignee: assigneeId, ...rest } = body;
      const input = { ...rest, caseId, assigneeId, happenedOn: act.today };
      const reference = await referenceOf(house.database);
      const [id = ''] = await planVisits(tx, act, reference, [input]);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'supervision.askOverride',
    method: 'POST',
    url: '/api/cases/:code/gate-override',
    summary: 'Ask that the next tranche may be ordered without its visit; somebody else decides',
    access: { table, permission: 'supervision.askOverride' },
    params: CodeParams,
    body: ReasonBody,
    response: CodeAnswer,
    status: 201,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'financing.no_plan', 'supervision.note_missing'],
      ...['supervision.stage_not_due', 'supervision.override_open'],
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id } = await visibleCase(tx, principal, params.code);
      return { code: encodeCode(act.provinceId, await askOverride(tx, act, id, body.reason)) };
    },
  }),
];

const listRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.listGates',
    method: 'GET',
    url: '/api/gates',
    summary: 'Tranches that cannot be ordered yet, the oldest first, with what each waits for',
    access: { table, permission: 'supervision.coverage' },
    query: LangQuery,
    response: GatesAnswer,
    pool: 'reports',
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      const organisation = ownOrganisation(signedIn(principal));
      const gates = await listGates(tx, act.provinceId, { organisation, blockedOnly: true });
      return { items: gates.map((gate) => gateLine(reference, act.provinceId, gate)) };
    },
  }),
  endpoint({
    id: 'supervision.coverage',
    method: 'GET',
    url: '/api/supervision/coverage',
    summary: 'How far the plans of each agency were looked at in the three stages',
    access: { table, permission: 'supervision.coverage' },
    query: LangQuery,
    response: CoverageAnswer,
    pool: 'reports',
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      const { provinceId, today } = act;
      const limit = limitOn(reference, 'supervision.after_limit', provinceId, today);
      const organisation = ownOrganisation(signedIn(principal));
      const asked = { today, afterDays: limit.value, organisation };
      const rows = await coverageByAgency(tx, provinceId, asked);
      const items = rows.map(({ agencyId, ...row }) => {
        return { ...row, agency: organisationLabel(reference, agencyId) };
      });
      return { items };
    },
  }),
  endpoint({
    id: 'supervision.listOverrides',
    method: 'GET',
    url: '/api/gate-overrides',
    summary: 'Tranches that two people let go without their visit: the bulletin’s annex',
    access: { table, permission: 'supervision.coverage' },
    query: LangQuery,
    response: OverridesAnswer,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      const organisation = ownOrganisation(signedIn(principal));
      const found = await listOverrides(tx, act.provinceId, { organisation });
      return { items: found.map((one) => overrideLine(reference, act.provinceId, one)) };
    },
  }),
  endpoint({
    id: 'supervision.listEscalations',
    method: 'GET',
    url: '/api/visit-escalations',
    summary: 'Visits whose day has passed, and paid plans that nobody looked at in time',
    access: { table, permission: 'supervision.coverage' },
    query: LangQuery,
    response: EscalationsAnswer,
    wholeProvince: 'a plan’s notices name no agency; whose plan it is is asked of the plan',
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      const organisation = ownOrganisation(signedIn(principal));
      const { provinceId, today } = act;
      return { items: await listEscalations(tx, reference, { provinceId, today, organisation }) };
    },
  }),
  endpoint({
    id: 'supervision.listAssignees',
    method: 'GET',
    url: '/api/visit-assignees',
    summary: 'Who makes visits in the province, with how many they have to make',
    access: { table, permission: 'supervision.assign' },
    query: LangQuery,
    response: AssigneesAnswer,
    handle: async ({ tx, act, house }) => {
      const reference = await referenceOf(house.database);
      const found = await listAssignees(tx, act.provinceId);
      const items = found.map(({ organisationId, ...one }) => ({
        ...one,
        organisation: organisationId === null ? null : organisationLabel(reference, organisationId),
      }));
      return { items };
    },
  }),
];

const decideRoutes = (
  [
    ['supervision.grantOverride', 'grant', 'Let the tranche go: by another person than who asked'],
    ['supervision.refuseOverride', 'refuse', 'Refuse that the tranche goes without its visit'],
  ] as const
).map(([id, path, summary]) =>
  endpoint({
    id,
    method: 'POST',
    url: `/api/gate-overrides/:code/${path}`,
    summary,
    access: { table, permission: id },
    params: VisitCode,
    body: ReasonBody,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'platform.wrong_state', 'supervision.two_people'],
    handle: async ({ tx, act, params, body }) => {
      const override = { id: idIn(act.provinceId, params.code), reason: body.reason };
      await decideOverride(tx, act, id, override);
      return { code: params.code };
    },
  }),
);

/** Visits, the gate they open, and the ways round it. */
export const supervisionRoutes: readonly AnyEndpoint[] = [
  ...caseRoutes,
  ...visitRoutes,
  ...checklistRoutes,
  ...deviationRoutes,
  ...sampleRoutes,
  ...jointRoutes,
  ...askRoutes,
  ...listRoutes,
  ...decideRoutes,
];
