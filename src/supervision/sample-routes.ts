import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { CodeAnswer, caseKey, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { demandReach } from '../platform/policy.ts';
import { VisitCode } from './contract.ts';
import { supervisionPermissions as table } from './policy.ts';
import { SampleAnswer, SampleBody, SamplesAnswer } from './sample-contract.ts';
import { takeSample } from './samples.ts';
import { listSamples, showSample } from './show-samples.ts';

/** Samples of plans to be seen in the field, drawn so that an auditor can draw them again. */
export const sampleRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.takeSample',
    method: 'POST',
    url: '/api/visit-samples',
    summary: 'Draw plans by risk and by chance, and plan a visit in the field to each',
    access: { table, permission: 'supervision.takeSample' },
    body: SampleBody,
    response: CodeAnswer,
    status: 201,
    problems: ['supervision.nobody_to_draw', 'supervision.no_inspector'],
    handle: async ({ tx, act, body, house }) => {
      const id = await takeSample(tx, act, await referenceOf(house.database), body);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'supervision.showSample',
    method: 'GET',
    url: '/api/visit-samples/:code',
    summary: 'A sample with its seed, points and all candidates, to be drawn again',
    access: { table, permission: 'supervision.showSample' },
    params: VisitCode,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: SampleAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params, house }) => {
      const { provinceId, id } = caseKey(params.code);
      demandReach(signedIn(principal), provinceId);
      const reference = await referenceOf(house.database);
      return { code: params.code, ...(await showSample(tx, reference, provinceId, id)) };
    },
  }),
  endpoint({
    id: 'supervision.listSamples',
    method: 'GET',
    url: '/api/visit-samples',
    summary: 'The samples, the newest first, and how far their visits have come',
    access: { table, permission: 'supervision.showSample' },
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: SamplesAnswer,
    handle: async ({ tx, act }) => ({ items: await listSamples(tx, act.provinceId) }),
  }),
];
