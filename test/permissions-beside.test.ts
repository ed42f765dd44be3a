import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  besideEndpoints,
  type Position,
  principalAt,
  theCase,
} from '../scripts/permission-matrix.ts';
import { decodeCode } from '../src/kit/code.ts';
import { queueRoutes } from '../src/permits/index.ts';
import { mayAct, permitPermissions, seesCase } from '../src/permits/policy.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { digestOf, sendDocument } from './applicant.ts';
import type { Caller } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';
import { pngBytes } from './picture-bytes.ts';

/** What an agency's expert has begun for somebody: a draft, and an upload to it; a document of the case. */
let scene: Scene;
let draft: string;
let upload: string;
let document: string;

const isOwner = ({ role, organisation, province }: Position) =>
  role === 'expert' && organisation === 'AGRI' && province === 4;

beforeAll(async () => {
  scene = await setScene();
  const [, owner] = [...scene.callers].find(([position]) => isOwner(position)) as [
    Position,
    Caller,
  ];
  const begun = await owner.post('/api/drafts', {
    what: { kind: 'independent', occupationId: 'jam-making' },
  });
  draft = begun.body.code;
  const about = { draft, number: 23, type: 'image/png' };
  const sent = await sendDocument(scene.house, owner, about, pngBytes(40, 40));
  upload = sent.body.code;
  document = await caseDocument(owner);
});
afterAll(() => scene.house.close());

/** The case's own document: the kept one, given to the case as a submission would. */
async function caseDocument(owner: Caller): Promise<string> {
  const about = { draft, number: 24, type: 'image/png' };
  const { code } = (await sendDocument(scene.house, owner, about, pngBytes(41, 40))).body;
  const { id = '' } = decodeCode(code) ?? {};
  const case_id = decodeCode(scene.code)?.id ?? '';
  await scene.house.database.migratorTransaction((tx) =>
    tx
      .updateTable('documents')
      .set({ case_id, draft_id: null, person_id: scene.personId })
      .where('id', '=', id)
      .execute(),
  );
  return code;
}

type Ask = {
  readonly permission: string;
  /** Whether it is there for somebody who holds the permission. */
  readonly there: (position: Position) => boolean;
  readonly code: () => string;
  readonly body?: () => object;
};

const beginsDrafts: Ask = {
  permission: 'permits.apply',
  there: isOwner,
  code: () => draft,
  body: () => ({ version: 999, answers: {} }),
};
const ofUpload: Ask = {
  permission: 'permits.apply',
  there: isOwner,
  code: () => upload,
  body: () => ({ sha256: digestOf(pngBytes(40, 40)) }),
};
const asks: Readonly<Record<string, Ask>> = {
  'permits.showDraft': beginsDrafts,
  'permits.saveDraft': beginsDrafts,
  'permits.discardDraft': { ...beginsDrafts, body: () => ({ version: 999 }) },
  'permits.submitDraft': { ...beginsDrafts, body: () => ({ version: 999 }) },
  'permits.showUpload': ofUpload,
  'permits.takePiece': ofUpload,
  'permits.finishUpload': ofUpload,
  'permits.showDocument': {
    permission: 'permits.showApplication',
    there: (position) => seesCase(principalAt(position, scene.personId), theCase(scene.personId)),
    code: () => document,
  },
};

async function statusOf(caller: Caller, it: AnyEndpoint, { code, body }: Ask): Promise<number> {
  const url = it.url.replace(':code', code());
  if (it.method === 'GET') return (await caller.get(url)).status;
  if (it.method === 'PUT') return (await caller.put(`${url}?offset=0`, pngBytes(40, 40))).status;
  return (await caller.post(url, body?.() ?? {})).status;
}

test('every endpoint of drafts, uploads and documents is in this table', () => {
  expect(besideEndpoints.map(({ id }) => id).sort()).toEqual(Object.keys(asks).sort());
});

test.each(besideEndpoints.map((it) => [it.id, it] as const))(
  '%s is there for those whose it is, and for nobody else',
  async (id, it) => {
    const ask = asks[id] as Ask;
    expect(await statusOf(scene.house.nobody, it, ask)).toBe(401);
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const holds = permitPermissions[ask.permission]?.includes(position.role) ?? false;
      const expected = !holds ? 403 : ask.there(position) ? 'let' : 404;
      const status = await statusOf(caller, it, ask);
      if (status === 400 || status >= 500) wrong.push(`${position.name}: broken, ${status}`);
      const is = [401, 403, 404].includes(status) ? status : 'let';
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

const batches = queueRoutes.filter(({ id }) => id.endsWith('Batch'));

test.each(batches.map((it) => [it.id, it] as const))(
  '%s lists a case by name to those who see it, and bars it to those who may not act',
  async (id, it) => {
    const verb = id.replace(/Batch$/, '');
    const body = { codes: [scene.code], preview: true, reason: 'x' };
    expect((await scene.house.nobody.post(it.url, body)).status).toBe(401);
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const principal = principalAt(position, scene.personId);
      const reply = await caller.post(it.url, body);
      const holds = permitPermissions[verb]?.includes(position.role) ?? false;
      if (reply.status !== (holds ? 200 : 403)) wrong.push(`${position.name}: ${reply.status}`);
      if (reply.status !== 200) continue;
      const [line] = reply.body.items;
      const sees = seesCase(principal, theCase(scene.personId));
      if ((line.name !== null) !== sees) wrong.push(`${position.name}: named ${line.name}`);
      if (!sees && line.why !== 'platform.not_found') wrong.push(`${position.name}: ${line.why}`);
      const may = mayAct(principal, verb, theCase(scene.personId));
      if (sees && !may && line.why !== 'platform.forbidden') wrong.push(`${position.name}: may`);
    }
    expect(wrong).toEqual([]);
  },
);
