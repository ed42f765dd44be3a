import { getCounty, referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import { newSeed } from '../../platform/chance.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import {
  CodeOnly,
  Done,
  FairAnswer,
  FairBody,
  FairsAnswer,
  LangQuery,
  ReasonBody,
} from './contract.ts';
import { announceFair, cancelFair, closeFair, drawStalls } from './fairs.ts';
import { bazaarPermissions as table } from './policy.ts';
import { fairLines, showFair } from './show.ts';
import { tellDrawn } from './tell.ts';

const ofEverybody = 'a fair’s stalls are asked for by makers of every agency';

/** Fairs from the office's side. */
export const fairRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.listFairs',
    method: 'GET',
    url: '/api/fairs',
    summary: 'Bazaars, fairs and market days of the province, the newest first',
    access: { table, permission: 'market.listFairs' },
    query: LangQuery,
    response: FairsAnswer,
    wholeProvince: ofEverybody,
    handle: async ({ tx, act, house }) => ({
      items: await fairLines(tx, await referenceOf(house.database), act.provinceId),
    }),
  }),
  endpoint({
    id: 'market.showFair',
    method: 'GET',
    url: '/api/fairs/:code',
    summary: 'A fair with its stalls and everybody who applied',
    access: { table, permission: 'market.showFair' },
    params: CodeOnly,
    query: LangQuery,
    response: FairAnswer,
    wholeProvince: ofEverybody,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const key = { provinceId: act.provinceId, id: idIn(act.provinceId, params.code) };
      return showFair(tx, await referenceOf(house.database), signedIn(principal), key);
    },
  }),
  endpoint({
    id: 'market.announceFair',
    method: 'POST',
    url: '/api/fairs',
    summary: 'Announce a fair: place, days, stalls with prices, criteria with weights',
    access: { table, permission: 'market.announceFair' },
    body: FairBody,
    response: Done,
    status: 201,
    problems: [...['accounts.unknown_county', 'market.weights_wrong'], 'market.fair_days_wrong'],
    handle: async ({ tx, act, body: { county, stalls, about = '', ...rest }, house }) => {
      const reference = await referenceOf(house.database);
      const countyId = getCounty(reference, Number(county), act.provinceId).id;
      const priced = stalls.map((one) => ({ ...one, priceRial: BigInt(one.priceRial) }));
      const input = { ...rest, about, countyId, stalls: priced, seed: newSeed() };
      return { code: encodeCode(act.provinceId, await announceFair(tx, act, input)) };
    },
  }),
  endpoint({
    id: 'market.drawStalls',
    method: 'POST',
    url: '/api/fairs/:code/draw',
    summary: 'Allot the stalls: by points, between equals by the announced seed',
    access: { table, permission: 'market.drawStalls' },
    params: CodeOnly,
    response: Done,
    wholeProvince: ofEverybody,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.applications_open', 'market.not_all_scored'],
    ],
    handle: async ({ tx, act, params }) => {
      const id = idIn(act.provinceId, params.code);
      await drawStalls(tx, act, id);
      await tellDrawn(tx, act, id);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.cancelFair',
    method: 'POST',
    url: '/api/fairs/:code/cancel',
    summary: 'Call a fair off',
    access: { table, permission: 'market.cancelFair' },
    params: CodeOnly,
    body: ReasonBody,
    response: Done,
    wholeProvince: ofEverybody,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, params, body }) => {
      const fairId = idIn(act.provinceId, params.code);
      await cancelFair(tx, act, { fairId, reason: body.reason });
      await tellDrawn(tx, act, fairId);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.closeFair',
    method: 'POST',
    url: '/api/fairs/:code/close',
    summary: 'End a fair after its last day',
    access: { table, permission: 'market.closeFair' },
    params: CodeOnly,
    response: Done,
    wholeProvince: ofEverybody,
    problems: ['platform.not_found', 'platform.wrong_state', 'market.fair_not_begun'],
    handle: async ({ tx, act, params }) => {
      await closeFair(tx, act, idIn(act.provinceId, params.code));
      return { code: params.code };
    },
  }),
];
