import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { isoToday, isoToJalali } from '../../kit/jalali.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Language, Say } from '../../platform/language.ts';
import { shippedKnowledge } from '../claims/knowledge.ts';
import { unboundIn } from './check-text.ts';
import { compose } from './compose.ts';
import { type Figures, readFigures, type Subject } from './figures.ts';
import { type Draft, findBulletinById, findDraft, versionsOf } from './queries.ts';
import { bulletinNumber } from './rules.ts';
import type { Text } from './text.ts';
import { type Bulletin, changesBetween, sorted, versionHash } from './version.ts';

type Sayers = Readonly<Record<Language, Say>>;

/** Begins a bulletin: takes its number, reads its figures as of now, and writes the first draft. */
export async function beginBulletin(
  tx: Tx,
  act: Act,
  reference: Reference,
  {
    sayers,
    language,
    ...subject
  }: Omit<Subject, 'provinceId'> & {
    sayers: Sayers;
    language: Language;
  },
): Promise<Bulletin> {
  const { provinceId } = act;
  const { year } = isoToJalali(isoToday(act.now.getTime()));
  const serial = await nextSerial(tx, provinceId, year);
  const id = uuid7(act.now.getTime());
  const about = { ...subject, provinceId };
  await tx
    .insertInto('bulletins')
    .values({
      ...{ province_id: provinceId, id, year, serial, language },
      ...{ from_on: subject.from, to_on: subject.to },
      ...{ agency_id: subject.agencyId, county_id: subject.countyId },
      ...{ opened_by: act.actorId ?? '', opened_at: act.now },
    })
    .execute();
  const number = bulletinNumber(provinceId, year, serial);
  const figures = await readFigures(tx, reference, about, act.now);
  const text = written(reference, sayers, { ...about, language }, figures);
  const bulletin = { ...about, id, number, language };
  await insertDraft(tx, act, bulletin, { version: 1, text, figures });
  return bulletin;
}

/** Numbers begin anew with the year; whoever comes second waits for the first. */
async function nextSerial(tx: Tx, provinceId: number, year: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(1_400_047, ${provinceId})`.execute(tx);
  const last = await tx
    .selectFrom('bulletins')
    .select('serial')
    .where('province_id', '=', provinceId)
    .where('year', '=', year)
    .orderBy('serial', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (last?.serial ?? 0) + 1;
}

function written(
  reference: Reference,
  sayers: Sayers,
  { language, ...subject }: Subject & { language: Language },
  figures: Figures,
): Text {
  const agency =
    subject.agencyId === null
      ? undefined
      : organisationLabel(reference, subject.agencyId).label[language];
  return compose(figures, subject, { say: sayers[language], language, agency });
}

async function insertDraft(
  tx: Tx,
  act: Act,
  { provinceId, id }: Bulletin,
  draft: { version: number; text: Text; figures: Figures; reason?: string },
): Promise<void> {
  await tx
    .insertInto('bulletin_drafts')
    .values({
      ...{ province_id: provinceId, bulletin_id: id, version: draft.version, revision: 1 },
      ...{ as_of_at: act.now, text: JSON.stringify(draft.text) },
      ...{ figures: JSON.stringify(draft.figures), reason: draft.reason ?? null },
      ...{ written_by: act.actorId ?? '', written_at: act.now },
    })
    .execute();
}

/**
 * The draft that somebody saw, locked.
 * @throws Problem `platform.not_found`, `publishing.draft_moved` (409) when it was changed since
 */
async function getDraft(
  tx: Tx,
  act: Act,
  id: string,
  revision: number,
): Promise<{ bulletin: Bulletin; draft: Draft }> {
  const bulletin = await getBulletin(tx, act.provinceId, id);
  const draft = await findDraft(tx, bulletin, true);
  if (!draft) throw new Problem('platform.not_found');
  if (draft.revision !== revision) throw new Problem('publishing.draft_moved');
  return { bulletin, draft };
}

/** @throws Problem `platform.not_found` (404) */
export async function getBulletin(tx: Tx, provinceId: number, id: string): Promise<Bulletin> {
  const bulletin = await findBulletinById(tx, provinceId, id);
  if (!bulletin) throw new Problem('platform.not_found');
  return bulletin;
}

type Saved = { readonly text?: Text; readonly figures?: Figures; readonly asOf?: Date };

async function changeDraft(
  tx: Tx,
  act: Act,
  { provinceId, id }: Bulletin,
  { revision }: Draft,
  { text, figures, asOf }: Saved,
): Promise<void> {
  await tx
    .updateTable('bulletin_drafts')
    .set({
      ...(text ? { text: JSON.stringify(text) } : {}),
      ...(figures ? { figures: JSON.stringify(figures) } : {}),
      ...(asOf ? { as_of_at: asOf } : {}),
      ...{ revision: revision + 1, written_by: act.actorId ?? '', written_at: act.now },
      // Whoever signed, signed something else.
      ...{ signed_by: null, signed_at: null },
    })
    .where('province_id', '=', provinceId)
    .where('bulletin_id', '=', id)
    .execute();
}

/** Keeps the words of a draft; figures stay those of its moment. */
export async function saveDraft(
  tx: Tx,
  act: Act,
  { id, revision, text }: { id: string; revision: number; text: Text },
): Promise<void> {
  const { bulletin, draft } = await getDraft(tx, act, id, revision);
  const clean = {
    headline: normaliseText(text.headline),
    lead: normaliseText(text.lead),
    paragraphs: text.paragraphs.map(normaliseText).filter((one) => one !== ''),
  };
  await changeDraft(tx, act, bulletin, draft, { text: clean });
}

/** Takes the figures of now into a draft; its words stay. */
export async function refreshDraft(
  tx: Tx,
  act: Act,
  reference: Reference,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  const { bulletin, draft } = await getDraft(tx, act, id, revision);
  const figures = await readFigures(tx, reference, bulletin, act.now);
  await changeDraft(tx, act, bulletin, draft, { figures, asOf: act.now });
}

/**
 * The first signature: of somebody who has seen that every number stands on a figure.
 * @throws Problem `publishing.unbound_number` (422), `publishing.figures_moved` (409)
 */
export async function signDraft(
  tx: Tx,
  act: Act,
  around: { reference: Reference; sayers: Sayers },
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  const { bulletin, draft } = await getDraft(tx, act, id, revision);
  await demandSound(tx, around, bulletin, draft);
  await tx
    .updateTable('bulletin_drafts')
    .set({ signed_by: act.actorId, signed_at: act.now, revision: revision + 1 })
    .where('province_id', '=', bulletin.provinceId)
    .where('bulletin_id', '=', bulletin.id)
    .execute();
}

async function demandSound(
  tx: Tx,
  { reference, sayers }: { reference: Reference; sayers: Sayers },
  bulletin: Bulletin,
  { text, figures, asOf }: Draft,
): Promise<void> {
  const { language } = bulletin;
  const telling = { say: sayers[language], language };
  const loose = unboundIn(text, figures.values, telling, await shippedKnowledge());
  const [first] = loose;
  if (first) throw new Problem('publishing.unbound_number', { text: first.text });
  // Something may have been recorded for that moment by a transaction that ended after it.
  const again = await readFigures(tx, reference, bulletin, asOf);
  if (!isDeepStrictEqual(sorted(again), sorted(figures)))
    throw new Problem('publishing.figures_moved');
}

/**
 * The second signature: freezes the draft as the next version, which everybody sees from `publicFrom` on.
 * @throws Problem `publishing.not_signed`, `publishing.two_people`, `publishing.figures_moved` (409)
 */
export async function publishDraft(
  tx: Tx,
  act: Act,
  around: { reference: Reference; sayers: Sayers; root: () => Promise<number> },
  asked: { id: string; revision: number; publicFrom: Date | undefined },
): Promise<number> {
  const { bulletin, draft } = await getDraft(tx, act, asked.id, asked.revision);
  const { signedBy, version, text, figures, reason, asOf } = draft;
  if (signedBy === null) throw new Problem('publishing.not_signed');
  if (signedBy === act.actorId) throw new Problem('publishing.two_people');
  await demandSound(tx, around, bulletin, draft);
  const before = (await versionsOf(tx, bulletin)).at(-1);
  const { language } = bulletin;
  const telling = { say: around.sayers[language], language };
  const changes = changesBetween(before, { text, figures }, telling);
  const publicFrom = asked.publicFrom && asked.publicFrom > act.now ? asked.publicFrom : act.now;
  const content = {
    ...{ bulletin, version, text, figures, changes, reason, asOf, publicFrom },
    ...{ root: await around.root(), demonstration: figures.demonstration },
  };
  await tx
    .insertInto('bulletin_versions')
    .values({
      ...{ province_id: bulletin.provinceId, bulletin_id: bulletin.id, version, reason },
      ...{ as_of_at: asOf, text: JSON.stringify(text), figures: JSON.stringify(figures) },
      ...{ changes: JSON.stringify(changes), public_from_at: publicFrom },
      ...{ root_number: content.root, hash: versionHash(content) },
      ...{ demonstration: content.demonstration, signed_by: signedBy },
      ...{ published_by: act.actorId ?? '', published_at: act.now },
    })
    .execute();
  await deleteDraft(tx, bulletin);
  return version;
}

async function deleteDraft(tx: Tx, { provinceId, id }: Bulletin): Promise<void> {
  await tx
    .deleteFrom('bulletin_drafts')
    .where('province_id', '=', provinceId)
    .where('bulletin_id', '=', id)
    .execute();
}

/**
 * Begins the next version of a published bulletin: the words of the last one, the figures of now, and why.
 * @throws Problem `publishing.draft_open`, `publishing.not_published` (409), `publishing.reason_missing` (422)
 */
export async function correctBulletin(
  tx: Tx,
  act: Act,
  reference: Reference,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const why = normaliseText(reason);
  if (why === '') throw new Problem('publishing.reason_missing');
  const bulletin = await getBulletin(tx, act.provinceId, id);
  if (await findDraft(tx, bulletin, true)) throw new Problem('publishing.draft_open');
  const last = (await versionsOf(tx, bulletin)).at(-1);
  if (!last) throw new Problem('publishing.not_published');
  const figures = await readFigures(tx, reference, bulletin, act.now);
  const next = { version: last.version + 1, text: last.text, figures, reason: why };
  await insertDraft(tx, act, bulletin, next);
}

/** Throws a draft away; the number stays taken. */
export async function discardDraft(
  tx: Tx,
  act: Act,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  const { bulletin } = await getDraft(tx, act, id, revision);
  await deleteDraft(tx, bulletin);
}
