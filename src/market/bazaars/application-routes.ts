import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { idIn, signedIn, visibleCase } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import {
  applyForStall,
  recordAttendance,
  reportSales,
  scoreApplication,
  takeBackSales,
  visibleApplication,
  withdrawApplication,
} from './applications.ts';
import {
  ApplyBody,
  CodeOnly,
  Done,
  LangQuery,
  MyFairsAnswer,
  ReasonBody,
  SalesBody,
  ScoreBody,
} from './contract.ts';
import { bazaarPermissions as table } from './policy.ts';
import { showMyFairs } from './show-mine.ts';
import { tellAllotted } from './tell.ts';

const inOrder = 'an application has its place among all of its fair';

/** Applications for stalls, from the maker's and the office's side. */
export const applicationRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.showMyFairs',
    method: 'GET',
    url: '/api/my-fairs',
    summary: 'Fairs to come, and the caller’s own applications',
    access: { table, permission: 'market.showMyFairs' },
    query: LangQuery,
    response: MyFairsAnswer,
    wholeProvince: inOrder,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return showMyFairs(tx, reference, act, signedIn(principal));
    },
  }),
  endpoint({
    id: 'market.applyForStall',
    method: 'POST',
    url: '/api/fairs/:code/applications',
    summary: 'Apply for a stall of a fair',
    access: { table, permission: 'market.applyForStall' },
    params: CodeOnly,
    body: ApplyBody,
    response: Done,
    status: 201,
    wholeProvince: inOrder,
    problems: [
      ...['platform.not_found', 'market.applications_over', 'market.permit_not_valid'],
      ...['market.no_such_stall', 'market.applied_already'],
    ],
    handle: async ({ tx, act, principal, params, body: { caseCode, ...rest } }) => {
      const { id: caseId } = await visibleCase(tx, principal, caseCode);
      const fairId = idIn(act.provinceId, params.code);
      const id = await applyForStall(tx, act, { ...rest, fairId, caseId });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.scoreApplication',
    method: 'POST',
    url: '/api/stall-applications/:code/score',
    summary: 'Give an application its marks by the published criteria',
    access: { table, permission: 'market.scoreApplication' },
    params: CodeOnly,
    body: ScoreBody,
    response: Done,
    wholeProvince: inOrder,
    problems: ['platform.not_found', 'platform.wrong_state', 'market.marks_wrong'],
    handle: async ({ tx, act, principal, params, body }) => {
      const id = await visibleApplication(tx, act.provinceId, signedIn(principal), params.code);
      await scoreApplication(tx, act, id, body.marks);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.withdrawApplication',
    method: 'POST',
    url: '/api/stall-applications/:code/withdraw',
    summary: 'Take an application back; a stall that becomes free goes to the next who waits',
    access: { table, permission: 'market.withdrawApplication' },
    params: CodeOnly,
    response: Done,
    wholeProvince: inOrder,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params }) => {
      const id = await visibleApplication(tx, act.provinceId, signedIn(principal), params.code);
      const next = await withdrawApplication(tx, act, id);
      if (next) await tellAllotted(tx, act, next);
      return { code: params.code };
    },
  }),
  ...(['market.attendFair', 'market.missFair'] as const).map((verb) =>
    endpoint({
      id: verb,
      method: 'POST',
      url: `/api/stall-applications/:code/${verb === 'market.attendFair' ? 'attend' : 'miss'}`,
      summary:
        verb === 'market.attendFair'
          ? 'Record that a maker was at the fair'
          : 'Record that a maker did not come to the fair',
      access: { table, permission: verb },
      params: CodeOnly,
      response: Done,
      wholeProvince: inOrder,
      problems: ['platform.not_found', 'platform.wrong_state', 'market.fair_not_begun'],
      handle: async ({ tx, act, principal, params }) => {
        const id = await visibleApplication(tx, act.provinceId, signedIn(principal), params.code);
        await recordAttendance(tx, act, id, verb);
        return { code: params.code };
      },
    }),
  ),
  endpoint({
    id: 'market.reportSales',
    method: 'POST',
    url: '/api/stall-applications/:code/sales',
    summary: 'Report what was sold at the fair',
    access: { table, permission: 'market.reportSales' },
    params: CodeOnly,
    body: SalesBody,
    response: Done,
    wholeProvince: inOrder,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params, body }) => {
      const id = await visibleApplication(tx, act.provinceId, signedIn(principal), params.code);
      await reportSales(tx, act, id, BigInt(body.salesRial));
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.takeBackSales',
    method: 'POST',
    url: '/api/stall-applications/:code/take-back-sales',
    summary: 'Take reported sales back, so that they can be reported rightly',
    access: { table, permission: 'market.takeBackSales' },
    params: CodeOnly,
    body: ReasonBody,
    response: Done,
    wholeProvince: inOrder,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params, body }) => {
      const id = await visibleApplication(tx, act.provinceId, signedIn(principal), params.code);
      await takeBackSales(tx, act, id, body.reason);
      return { code: params.code };
    },
  }),
];
