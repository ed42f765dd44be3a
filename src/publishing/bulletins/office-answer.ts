import type { Static } from 'typebox';
import { countyLabel, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { Language, Say } from '../../platform/language.ts';
import { shippedKnowledge } from '../claims/knowledge.ts';
import { unboundIn } from './check-text.ts';
import type { OfficeBulletin } from './contract.ts';
import { type Draft, findDraft, listBulletins, versionsOf } from './queries.ts';
import { isMoney, told } from './rules.ts';
import { figureText, piecesOf, placesIn, plainText, type Text } from './text.ts';
import type { Bulletin } from './version.ts';

type Sayers = Readonly<Record<Language, Say>>;
type State = Static<typeof OfficeBulletin>['bulletin']['state'];

/** The bulletins of a province as the office lists them. */
export async function bulletinList(tx: Tx, reference: Reference, provinceId: number) {
  const rows = await listBulletins(tx, provinceId);
  const items = rows.map(({ bulletin, draft, signed, published, public_from_at }) =>
    summary(reference, bulletin, {
      ...{ draft, published, signed: signed ?? false },
      publicFrom: public_from_at?.toISOString() ?? null,
    }),
  );
  return { items };
}

function summary(reference: Reference, bulletin: Bulletin, state: State) {
  const { provinceId, id, number, language, from, to, agencyId, countyId } = bulletin;
  return {
    ...{ code: encodeCode(provinceId, id), number, language, from, to, state },
    agency: agencyId === null ? null : organisationLabel(reference, agencyId).label,
    county: countyId === null ? null : countyLabel(reference, countyId).label,
  };
}

/** A bulletin as the office works on it: the draft with its figures and what cannot be signed, and its versions. */
export async function officeBulletin(
  tx: Tx,
  around: { reference: Reference; sayers: Sayers; accountId: string },
  bulletin: Bulletin,
): Promise<Static<typeof OfficeBulletin>> {
  const draft = await findDraft(tx, bulletin);
  const versions = await versionsOf(tx, bulletin);
  const newest = versions.at(-1);
  const state = {
    ...{ draft: draft?.version ?? null, signed: Boolean(draft?.signedBy) },
    published: newest?.version ?? null,
    publicFrom: newest?.publicFrom.toISOString() ?? null,
  };
  return {
    bulletin: summary(around.reference, bulletin, state),
    draft: draft ? await draftAnswer(tx, around, bulletin, draft) : null,
    versions: versions.map(({ version, asOf, publicFrom, reason }) => ({
      ...{ version, reason },
      ...{ asOf: asOf.toISOString(), publicFrom: publicFrom.toISOString() },
    })),
  };
}

async function draftAnswer(
  tx: Tx,
  { sayers, accountId }: { sayers: Sayers; accountId: string },
  bulletin: Bulletin,
  draft: Draft,
) {
  const { language } = bulletin;
  const telling = { say: sayers[language], language };
  const { values } = draft.figures;
  const read = (written: string) => plainText(piecesOf(written, values, telling));
  const { headline, lead, paragraphs } = draft.text;
  return {
    ...{ version: draft.version, revision: draft.revision, reason: draft.reason },
    ...{ asOf: draft.asOf.toISOString() },
    text: { headline, lead, paragraphs: [...paragraphs] },
    preview: { headline: read(headline), lead: read(lead), paragraphs: paragraphs.map(read) },
    signedBy: await nameOf(tx, bulletin.provinceId, draft.signedBy),
    signedAt: draft.signedAt?.toISOString() ?? null,
    signedByMe: draft.signedBy === accountId,
    unbound: unboundIn(draft.text, values, telling, await shippedKnowledge()),
    figures: figureList(draft, telling),
  };
}

async function nameOf(tx: Tx, provinceId: number, id: string | null) {
  if (id === null) return null;
  const row = await tx
    .selectFrom('accounts')
    .select(['name_fa', 'name_en'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return { fa: row?.name_fa ?? '', en: row?.name_en ?? '' };
}

/** Every figure that a text may name, with how it would be said; those that it names in another form too. */
function figureList(
  { figures, text }: { figures: Draft['figures']; text: Text },
  telling: { say: Say; language: Language },
) {
  const { language, say } = telling;
  const labels = new Map(figures.parts.map(({ id, label }) => [id, label[language]]));
  const line = (form: 'exact' | 'near' | 'over' | 'head', name: string, code: string) => {
    const [measure = '', part] = name.split('@');
    const label = [say(`bulletins.measures.${measure}`), part && labels.get(part)];
    const said = figureText({ form, name }, BigInt(figures.values[name] ?? '0'), telling);
    return { code, said, label: label.filter(Boolean).join(language === 'fa' ? '، ' : ', ') };
  };
  const usual = Object.keys(figures.values).map((name) =>
    line(isMoney(name) ? 'near' : 'exact', name, `{${name}}`),
  );
  const over = told.map((name) => line('over', name, `{over:${name}}`));
  const all = [text.headline, text.lead, ...text.paragraphs].join('\n');
  const others = placesIn(all)
    .filter(({ form, name }) => form === 'head' && name in figures.values)
    .map(({ form, name }) => line(form, name, `{${form}:${name}}`));
  return [...usual, ...over, ...others];
}
