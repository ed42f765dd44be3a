import { Type } from 'typebox';
import { encodeCode } from '../kit/code.ts';
import { CodeParams } from '../permits/contract.ts';
import { caseKey, demandVisible, maskedId, permitPermissions, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { MemberList } from './contract.ts';

export const supporterRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supporters.listMembers',
    method: 'GET',
    url: '/api/cases/:code/members',
    summary: 'The people named under a supporter’s plan',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: MemberList,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params }) => {
      const key = caseKey(params.code);
      await demandVisible(tx, signedIn(principal), key);
      const rows = await tx
        .selectFrom('memberships as m')
        .innerJoin('plans', (join) =>
          join.onRef('plans.id', '=', 'm.plan_id').on('plans.province_id', '=', key.provinceId),
        )
        .innerJoin('people', (join) =>
          join.onRef('people.id', '=', 'm.person_id').on('people.province_id', '=', key.provinceId),
        )
        .select([
          'people.first_name',
          'people.last_name',
          'people.national_id',
          'm.since',
          'm.covered_case_id',
        ])
        .where('m.province_id', '=', key.provinceId)
        .where('plans.case_id', '=', key.id)
        .orderBy('m.id')
        .execute();
      return { members: rows.map((row) => toMember(signedIn(principal), key.provinceId, row)) };
    },
  }),
];

type Row = {
  first_name: string;
  last_name: string;
  national_id: string;
  since: unknown;
  covered_case_id: string | null;
};

function toMember(principal: Parameters<typeof maskedId>[0], provinceId: number, row: Row) {
  return {
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    since: String(row.since),
    caseCode: row.covered_case_id === null ? null : encodeCode(provinceId, row.covered_case_id),
  };
}
