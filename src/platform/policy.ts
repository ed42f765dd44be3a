import { Problem } from '../kit/problem.ts';
import type { Context } from './database.ts';

/** What an account may be; the words are in accounts' `fa.ts`/`en.ts`. */
export const roles = [
  'citizen',
  'expert',
  'officer',
  'director',
  'bank',
  'inspector',
  'supporter',
  'ministry',
  'auditor',
  'admin',
  'counter',
] as const;
export type Role = (typeof roles)[number];

/** Who is signed in, as far as rules and row security need to know. */
export type Principal = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly provinceId: number;
  /** Agency or bank code; null for the directorate, the ministry and citizens. */
  readonly organisationId: string | null;
  /** The person a citizen's account belongs to, once known. */
  readonly personId: string | null;
  /**
   * How far somebody has come who is not quite signed in: a second factor is still to be shown (`code`), or to
   * be set up (`enrol`). Absent for everybody else.
   */
  readonly confinedTo?: 'code' | 'enrol';
  /** What a bank's own system may do, when it is one that asks; absent for people. */
  readonly scopes?: readonly string[];
};

/** Roles that look beyond their own province. */
const national: readonly Role[] = ['ministry', 'auditor'];
/** Roles that see their province's record through one organisation only. */
const ofOrganisation: readonly Role[] = ['expert', 'bank', 'supporter'];

/** A value no row carries: row security then shows nothing. */
const nobody = '-';

/** Whether the principal may look into a province at all. */
export function reachesProvince(principal: Principal, provinceId: number): boolean {
  return principal.provinceId === provinceId || reachesCountry(principal);
}

/**
 * What belongs to a province is not there for those who do not look into it.
 * @throws Problem `platform.not_found` (404)
 */
export function demandReach(principal: Principal, provinceId: number): void {
  if (!reachesProvince(principal, provinceId)) throw new Problem('platform.not_found');
}

/** Whether the principal looks into every province. */
export function reachesCountry({ role }: Principal): boolean {
  return national.includes(role);
}

/**
 * The transaction context of a request. Nobody signed in, or a foreign province, sees no row that
 * belongs to a person or an organisation.
 */
export function contextOf(principal: Principal | null, provinceId: number): Context {
  if (!principal || !reachesProvince(principal, provinceId)) {
    return { province: provinceId, organisation: nobody, person: nobody };
  }
  if (principal.role === 'citizen') {
    return { province: provinceId, organisation: '', person: principal.personId ?? nobody };
  }
  const organisation = ofOrganisation.includes(principal.role)
    ? (principal.organisationId ?? nobody)
    : '';
  return { province: provinceId, organisation, person: '' };
}

/** The context of work that has to see its whole province: public totals, imports, registering people. */
export function provinceContext(provinceId: number): Context {
  return { province: provinceId, organisation: '', person: '' };
}

/** Which roles hold which permission: each slice declares its own table. */
export type Permissions = Readonly<Record<string, readonly Role[]>>;

/** Whether the principal's role holds a permission of `table`. */
function holds(table: Permissions, permission: string, principal: Principal | null): boolean {
  return principal !== null && (table[permission]?.includes(principal.role) ?? false);
}

/**
 * Refuses a principal without the permission.
 * @throws Problem `platform.not_signed_in` (401) or `platform.forbidden` (403)
 */
export function demand(
  table: Permissions,
  permission: string,
  principal: Principal | null,
): Principal {
  if (!principal) throw new Problem('platform.not_signed_in');
  if (!holds(table, permission, principal)) throw new Problem('platform.forbidden', { permission });
  return principal;
}
