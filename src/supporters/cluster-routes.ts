import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { CodeParams } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { idAtHome, supporterAccess } from './access.ts';
import { wholeProvince } from './acts.ts';
import { ClustersAnswer } from './answer-contract.ts';
import { ClusterBody, ClusterStepBody, Done, JoinBody, Lang } from './body-contract.ts';
import { doClusterStep, joinCluster, openCluster } from './clusters.ts';
import { listClusters } from './list.ts';
import { supporterPermissions as table } from './policy.ts';

const access = { table, permission: 'supporters.keepClusters' } as const;

/** Clusters of supporters and the twelve steps that they go through. */
export const clusterRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supporters.clusters',
    method: 'GET',
    url: '/api/clusters',
    summary: 'Clusters with their supporters and the steps they have done',
    access: { table, permission: 'supporters.clusters' },
    query: Lang,
    response: ClustersAnswer,
    wholeProvince,
    handle: async ({ tx, act, house }) => ({
      items: await listClusters(tx, await referenceOf(house.database), act.provinceId),
    }),
  }),
  endpoint({
    id: 'supporters.openCluster',
    method: 'POST',
    url: '/api/clusters',
    summary: 'Open a cluster of a county and an occupation',
    access,
    body: ClusterBody,
    response: Done,
    status: 201,
    wholeProvince,
    problems: [
      ...['accounts.unknown_county', 'accounts.unknown_occupation', 'supporters.cluster_twice'],
    ],
    handle: async ({ tx, act, body, house }) => {
      const id = await openCluster(tx, act, await referenceOf(house.database), body);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'supporters.joinCluster',
    method: 'POST',
    url: '/api/clusters/:code/supporters',
    summary: 'A supporter joins a cluster',
    access,
    params: CodeParams,
    body: JoinBody,
    response: Done,
    wholeProvince,
    problems: ['platform.not_found', 'supporters.in_cluster'],
    handle: async ({ tx, act, principal, params, body }) => {
      const clusterId = idAtHome(principal, params.code);
      const { caseId } = await supporterAccess(tx, principal, body.supporter);
      await joinCluster(tx, act, { clusterId, caseId });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'supporters.doClusterStep',
    method: 'POST',
    url: '/api/clusters/:code/steps',
    summary: 'A cluster has done the next of the twelve steps',
    access,
    params: CodeParams,
    body: ClusterStepBody,
    response: Done,
    wholeProvince,
    problems: [
      ...[
        'platform.not_found',
        'supporters.step_order',
        'supporters.future_day',
        'supporters.too_long_ago',
      ],
      'supporters.firm_missing',
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      await doClusterStep(tx, act, { ...body, clusterId: idAtHome(principal, params.code) });
      return { code: params.code };
    },
  }),
];
