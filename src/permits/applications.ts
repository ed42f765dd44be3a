import type { Static } from 'typebox';
import { identityState, organisationLabel, type Reference } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import { historyOfCase, type StoredRow, toStoredRow } from '../platform/history-row.ts';
import type { Principal } from '../platform/policy.ts';
import { demandVisible } from './allow-act.ts';
import type { ApplicationAnswer } from './application-contract.ts';
import { documentLine, documentsOf } from './document-queries.ts';
import { makeFinder } from './occupation-finder.ts';
import { describeOccupation } from './requirements.ts';
import type { Kind } from './rules.ts';

const finders = new WeakMap<Reference, ReturnType<typeof makeFinder>>();

/** The finder over the occupations of the reference data, made once a process. */
function finderOf(reference: Reference) {
  const before = finders.get(reference);
  if (before) return before;
  const made = makeFinder(
    [...reference.occupations.values()].map((row) => ({
      id: row.id,
      names: [row.name_fa, row.name_en],
      aliases: row.aliases,
    })),
  );
  finders.set(reference, made);
  return made;
}

/** Answers of the finder that fit on a phone's screen or two. */
const mostFound = 8;

/** Occupations by plain words, or the one that `id` names, each with all that it asks for. */
export function searchOccupations(
  reference: Reference,
  query: { q?: string; id?: string; kind?: Kind; sex?: string },
  provinceId: number,
  today: string,
) {
  const found =
    query.id === undefined
      ? finderOf(reference)(query.q ?? '', mostFound).map(({ id }) => id)
      : [query.id];
  const { kind = 'independent', sex = null } = query;
  return found.map((occupationId) =>
    describeOccupation(reference, { kind, occupationId, sex }, provinceId, today),
  );
}

/**
 * What hangs on a case from its application: documents, what the registry said, who filled it in.
 * @throws Problem `platform.not_found` (404)
 */
export async function showApplication(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  today: string,
  key: { provinceId: number; id: string },
): Promise<Static<typeof ApplicationAnswer>> {
  await demandVisible(tx, principal, key);
  const row = await tx
    .selectFrom('cases')
    .select(['kind', 'occupation_id', 'sex', 'person_id'])
    .where('province_id', '=', key.provinceId)
    .where('id', '=', key.id)
    .executeTakeFirstOrThrow();
  const steps = (await historyOfCase(tx, key.provinceId, key.id)).map(toStoredRow);
  const submitted = steps.find(({ verb }) => verb === 'permits.submit');
  const applicant = { kind: row.kind as Kind, occupationId: row.occupation_id, sex: row.sex };
  const documents = await documentsOf(tx, key.provinceId, { caseId: key.id });
  return {
    onBehalf: await onBehalfOf(tx, reference, key.provinceId, submitted),
    identity: await identityState(tx, key.provinceId, row.person_id),
    plan: submitted?.facts.plan ? String(submitted.facts.plan) : null,
    documents: documents.map((document) => documentLine(reference, document)),
    about: describeOccupation(reference, applicant, key.provinceId, today),
  };
}

/** Who filled the application in for the applicant; null when they did it themselves. */
async function onBehalfOf(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  submitted: StoredRow | undefined,
) {
  const id = submitted?.facts.on_behalf_by;
  if (!submitted || typeof id !== 'string') return null;
  const account = await tx
    .selectFrom('accounts')
    .select(['name_fa', 'name_en'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  const { organisationId } = submitted;
  return {
    by: { fa: account?.name_fa ?? id, en: account?.name_en ?? id },
    organisation: organisationId === null ? null : organisationLabel(reference, organisationId),
  };
}
