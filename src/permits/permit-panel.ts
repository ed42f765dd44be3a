import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
  settingOn,
} from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { PermitAnswer } from './contract.ts';
import { renewableFrom } from './life-rules.ts';
import { type Approval, versionsOf } from './versions.ts';

/** A permit's own row, as the case is read with it. */
export type PermitRow = {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly revokedOn: string | null;
};

type Names = ReadonlyMap<string, { fa: string; en: string }>;
type VersionRow = Awaited<ReturnType<typeof versionsOf>>[number];

/** A permit with everything it has said since it was issued, oldest version first. */
export async function permitPanel(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  permit: PermitRow,
  today: string,
): Promise<Static<typeof PermitAnswer>> {
  const rows = await versionsOf(tx, provinceId, permit.id);
  const names = await namesOf(tx, provinceId, rows.flatMap(approvalsOf));
  const { number, issuedOn, validUntil, revokedOn } = permit;
  const notice = settingOn(reference, 'permits.renewal_notice', provinceId, today);
  return {
    number,
    issuedOn,
    validUntil,
    revokedOn,
    status: rows.at(-1)?.status ?? 'valid',
    renewableFrom: renewableFrom(validUntil, notice),
    versions: rows.map((row) => versionLine(reference, names, row)),
  };
}

/** The approvals that a version keeps. */
export function approvalsOf(row: VersionRow): readonly Approval[] {
  return row.approvals as unknown as readonly Approval[];
}

/** What the agency demands of the holder, in its words. */
export function conditionsOf(conditions: unknown): string[] {
  if (!Array.isArray(conditions)) return [];
  return conditions.flatMap((one) => (typeof one === 'string' ? [one] : []));
}

/** Names of the accounts that approved something. */
export async function namesOf(
  tx: Tx,
  provinceId: number,
  approvals: readonly Approval[],
): Promise<Names> {
  const ids = [...new Set(approvals.flatMap(({ actor }) => actor ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'name_fa', 'name_en'])
    .where('province_id', '=', provinceId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, { fa: row.name_fa, en: row.name_en }]));
}

function versionLine(reference: Reference, names: Names, row: VersionRow) {
  return {
    version: row.version,
    verb: row.verb,
    takesBack: row.takes_back,
    status: row.status,
    occupation: occupationLabel(reference, row.occupation_id),
    county: countyLabel(reference, row.county_id),
    address: row.address,
    conditions: conditionsOf(row.conditions),
    validFrom: String(row.valid_from),
    validUntil: String(row.valid_until),
    approvals: approvalsOf(row).map(({ verb, actor, organisation, on }) => ({
      verb,
      actor: (actor && names.get(actor)) || null,
      organisation: organisation ? organisationLabel(reference, organisation) : null,
      on,
    })),
  };
}
