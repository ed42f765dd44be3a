import { type TSchema, Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { readPeriod } from '../../figures/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { CodeParams, idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, type Call, type Endpoint, endpoint } from '../../platform/endpoint.ts';
import type { Language, Say } from '../../platform/language.ts';
import { makeRoot } from '../../platform/roots/index.ts';
import {
  beginBulletin,
  correctBulletin,
  discardDraft,
  getBulletin,
  publishDraft,
  refreshDraft,
  saveDraft,
  signDraft,
} from './actions.ts';
import {
  BeginBody,
  BulletinList,
  BulletinNamed,
  CorrectBody,
  DraftBody,
  OfficeBulletin,
  PublishBody,
  SaveBody,
} from './contract.ts';
import { bulletinList, officeBulletin } from './office-answer.ts';
import { bulletinPermissions as table } from './policy.ts';
import { readMoment } from './read-moment.ts';

type Sayers = Readonly<Record<Language, Say>>;

const wholeProvince = 'A bulletin is the whole province’s; its totals are sums over all of it.';
const reports = { wholeProvince, pool: 'reports' } as const;

/** The office's side of bulletins: writing, signing, publishing, correcting. */
export function bulletinRoutes(sayers: Sayers): readonly AnyEndpoint[] {
  return [list, begin(sayers), show(sayers), ...writingRoutes(sayers), ...signingRoutes(sayers)];
}

const list = endpoint({
  id: 'publishing.listBulletins',
  method: 'GET',
  url: '/api/bulletins',
  summary: 'Bulletins of the caller’s province, the newest first, with where each has come to',
  access: { table, permission: 'publishing.readBulletins' },
  ...reports,
  query: Type.Object({ lang: Type.Optional(Type.String()) }),
  response: BulletinList,
  handle: async ({ tx, act, house }) =>
    bulletinList(tx, await referenceOf(house.database), act.provinceId),
});

function begin(sayers: Sayers): AnyEndpoint {
  return endpoint({
    id: 'publishing.beginBulletin',
    method: 'POST',
    url: '/api/bulletins',
    summary: 'Begin a bulletin: a period, a scope, a language; its first draft is written',
    access: { table, permission: 'publishing.writeBulletins' },
    ...reports,
    body: BeginBody,
    response: BulletinNamed,
    status: 201,
    problems: ['figures.bad_period'],
    handle: async ({ tx, act, body, house }) => {
      const reference = await referenceOf(house.database);
      const { from, to } = readPeriod(body, act.today);
      const agencyId = body.agency ?? null;
      const countyId = body.county === undefined ? null : Number(body.county);
      const known =
        (agencyId === null || reference.organisations.has(agencyId)) &&
        (countyId === null || reference.counties.has(countyId));
      if (!known) throw new Problem('platform.bad_request');
      const subject = { from, to, agencyId, countyId, language: body.language, sayers };
      const { id, number } = await beginBulletin(tx, act, reference, subject);
      return { code: encodeCode(act.provinceId, id), number };
    },
  });
}

function show(sayers: Sayers): AnyEndpoint {
  return endpoint({
    id: 'publishing.officeBulletin',
    method: 'GET',
    url: '/api/bulletins/:code',
    summary: 'A bulletin with its draft, the figures that it may name, and its versions',
    access: { table, permission: 'publishing.readBulletins' },
    ...reports,
    objectFrom: 'province',
    params: CodeParams,
    response: OfficeBulletin,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const bulletin = await getBulletin(tx, act.provinceId, idIn(act.provinceId, params.code));
      const { accountId } = signedIn(principal);
      const reference = await referenceOf(house.database);
      return officeBulletin(tx, { reference, sayers, accountId }, bulletin);
    },
  });
}

type Params = typeof CodeParams;
type Given<B extends TSchema> = Call<Params, TSchema, B> & { readonly id: string };

/** What is done to a draft: the answer is the bulletin as it then is. */
function act<B extends TSchema>(
  sayers: Sayers,
  verb: string,
  permission: string,
  more: Pick<Endpoint<Params, TSchema, B, TSchema>, 'summary' | 'problems'> & { body: B },
  work: (call: Given<B>) => Promise<unknown>,
): AnyEndpoint {
  return endpoint({
    ...{ id: `publishing.${verb}`, method: 'POST', url: `/api/bulletins/:code/${verb}` },
    access: { table, permission: `publishing.${permission}` },
    ...reports,
    objectFrom: 'province',
    params: CodeParams,
    response: OfficeBulletin,
    ...more,
    problems: ['platform.not_found', ...(more.problems ?? [])],
    handle: async (call) => {
      const { tx, act: its, params, principal, house } = call;
      const id = idIn(its.provinceId, params.code);
      await work({ ...call, id } as unknown as Given<B>);
      const bulletin = await getBulletin(tx, its.provinceId, id);
      const reference = await referenceOf(house.database);
      const { accountId } = signedIn(principal);
      return officeBulletin(tx, { reference, sayers, accountId }, bulletin);
    },
  });
}

const moved = 'publishing.draft_moved';

const around = async ({ house }: Given<TSchema>, sayers: Sayers) => ({
  reference: await referenceOf(house.database),
  sayers,
});

/** What changes a draft. */
function writingRoutes(sayers: Sayers): AnyEndpoint[] {
  const write = 'writeBulletins';
  const refresh = { summary: 'Take the figures of now into a draft', body: DraftBody };
  const save = { summary: 'Keep the words of a draft', body: SaveBody, problems: [moved] };
  const discard = { summary: 'Throw a draft away', body: DraftBody, problems: [moved] };
  const correct = {
    summary: 'Begin the next version of a published bulletin, and say why',
    body: CorrectBody,
    problems: [
      ...['publishing.draft_open', 'publishing.not_published', 'publishing.reason_missing'],
    ],
  };
  return [
    act(sayers, 'saveBulletin', write, save, ({ tx, act: its, body, id }) =>
      saveDraft(tx, its, { ...body, id }),
    ),
    act(sayers, 'refreshBulletin', write, { ...refresh, problems: [moved] }, async (call) => {
      const { reference } = await around(call, sayers);
      return refreshDraft(call.tx, call.act, reference, { ...call.body, id: call.id });
    }),
    act(sayers, 'discardBulletin', write, discard, ({ tx, act: its, body, id }) =>
      discardDraft(tx, its, { ...body, id }),
    ),
    act(sayers, 'correctBulletin', write, correct, async (call) => {
      const { reference } = await around(call, sayers);
      const { id, body } = call;
      return correctBulletin(call.tx, call.act, reference, { id, reason: body.reason });
    }),
  ];
}

/** The two signatures. */
function signingRoutes(sayers: Sayers): AnyEndpoint[] {
  const sound = [moved, 'publishing.unbound_number', 'publishing.figures_moved'];
  const sign = {
    summary: 'Sign a draft of which every number stands on a figure',
    body: DraftBody,
  };
  const publish = {
    summary: 'Freeze a signed draft as the next version; by another person than who signed',
    body: PublishBody,
    problems: [
      ...[...sound, 'publishing.not_signed', 'publishing.two_people'],
      'publishing.bad_public_from',
    ],
  };
  return [
    act(sayers, 'signBulletin', 'signBulletin', { ...sign, problems: sound }, async (call) =>
      signDraft(call.tx, call.act, await around(call, sayers), { ...call.body, id: call.id }),
    ),
    act(sayers, 'publishBulletin', 'publishBulletin', publish, async (call) => {
      const { tx, act: its, body, id } = call;
      const publicFrom = readMoment(body.publicFrom);
      const given = { ...(await around(call, sayers)), root: () => rootNow(call) };
      return publishDraft(tx, its, given, { id, revision: body.revision, publicFrom });
    }),
  ];
}

/** The root that is printed: of a transaction of its own, since it needs one snapshot of the whole record. */
async function rootNow({ act: { provinceId, now }, house }: Given<TSchema>): Promise<number> {
  const root = await makeRoot(house.database, house.signingKey, provinceId, { asOf: now, now });
  return root.number;
}
