import { countyLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { normaliseMobile } from '../../kit/identifiers.ts';
import { normaliseText, searchKey } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { checkNamed, checkSupporter, type SupplierKind } from './rules.ts';
import { standingOfSupplier, supporterStandings } from './supporter-standing.ts';

/** A supplier as an officer registers it. */
export type SupplierInput = {
  readonly kind: SupplierKind;
  /** The case of the supporter that it is; for its kind, and no other. */
  readonly supporterCaseId?: string | undefined;
  readonly name: string;
  readonly countyId: number;
  readonly phone?: string | undefined;
  /** How it signs in: a mobile or a sign-in name; absent where an officer writes its offers down. */
  readonly signInName?: string | undefined;
};

/**
 * Registers a supplier; a supporter has to be in good standing.
 * @throws Problem `market.no_such_account`, `market.supporter_unnamed` (422), `market.supplier_known`,
 * `market.supporter_not_good` (409)
 */
export async function registerSupplier(tx: Tx, act: Act, input: SupplierInput): Promise<string> {
  const { kind, supporterCaseId } = input;
  checkNamed(kind, supporterCaseId);
  const named = { kind, supporterCaseId: supporterCaseId ?? null };
  checkSupporter(await standingOfSupplier(tx, act, named));
  const id = uuid7(act.now.getTime());
  const accountId = input.signInName ? await accountOf(tx, act, input.signInName) : null;
  await tx
    .insertInto('suppliers')
    .values({
      ...{ province_id: act.provinceId, id, kind, name: normaliseText(input.name) },
      supporter_case_id: named.supporterCaseId,
      ...{ county_id: input.countyId, phone: input.phone ?? null, account_id: accountId },
      ...{ state: 'registered', recorded_at: act.now },
    })
    .execute();
  return id;
}

async function accountOf(tx: Tx, { provinceId }: Act, name: string): Promise<string> {
  const username = normaliseMobile(name) ?? name.trim().toLowerCase();
  const row = await tx
    .selectFrom('accounts')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('username', '=', username)
    .where('closed_at', 'is', null)
    .where('role', 'in', ['citizen', 'supporter'])
    .executeTakeFirst();
  if (!row) throw new Problem('market.no_such_account');
  return row.id;
}

/** Ends a supplier's offering; what it offered before stays. @throws Problem `platform.not_found` (404) */
export async function endSupplier(tx: Tx, { provinceId }: Act, id: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('suppliers')
    .set({ state: 'ended' })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where('state', '=', 'registered')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('platform.not_found');
}

/** The registered suppliers of a province, by name, those that are supporters with what they are worth today. */
export async function listSuppliers(tx: Tx, reference: Reference, act: Act) {
  const { provinceId } = act;
  const rows = await tx
    .selectFrom('suppliers')
    .selectAll()
    .where('province_id', '=', provinceId)
    .orderBy('state', 'desc')
    .orderBy('name')
    .execute();
  const named = rows.flatMap((row) => row.supporter_case_id ?? []);
  const standingOf = await supporterStandings(tx, act, named);
  const supporterOf = (caseId: string | null) =>
    caseId === null
      ? { code: null, standing: 'unnamed' as const }
      : { code: encodeCode(provinceId, caseId), standing: standingOf(caseId) };
  return rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.id), kind: row.kind, name: row.name },
    supporter: row.kind === 'supporter' ? supporterOf(row.supporter_case_id) : null,
    ...{ phone: row.phone, state: row.state, signsIn: row.account_id !== null },
    county: countyLabel(reference, row.county_id),
  }));
}

/** The supplier that an account offers as; undefined where it is none. */
export async function findSupplier(
  tx: Tx,
  provinceId: number,
  which: { readonly accountId: string } | { readonly id: string },
) {
  const row = await tx
    .selectFrom('suppliers')
    .select(['id', 'name', 'kind', 'supporter_case_id as supporterCaseId'])
    .where('province_id', '=', provinceId)
    .where('state', '=', 'registered')
    .where('id' in which ? 'id' : 'account_id', '=', 'id' in which ? which.id : which.accountId)
    .executeTakeFirst();
  return row;
}

/** Adds a material that makers can ask for. @throws Problem `market.material_known` (409) by its constraint */
export async function addMaterial(
  tx: Tx,
  act: Act,
  { name, unit }: { readonly name: string; readonly unit: string },
): Promise<string> {
  const id = uuid7(act.now.getTime());
  const known = { name: normaliseText(name), name_key: searchKey(name) };
  await tx
    .insertInto('raw_materials')
    .values({ province_id: act.provinceId, id, ...known, unit, recorded_at: act.now })
    .execute();
  return id;
}

/** The materials of a province, by name. */
export async function listMaterials(tx: Tx, provinceId: number) {
  const rows = await tx
    .selectFrom('raw_materials')
    .select(['id', 'name', 'unit'])
    .where('province_id', '=', provinceId)
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, unit }) => ({ code: encodeCode(provinceId, id), name, unit }));
}
