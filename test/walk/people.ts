import { randomUUID } from 'node:crypto';
import { insertAccount } from '../../src/accounts/index.ts';
import type { Principal, Role } from '../../src/platform/policy.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import type { TestDatabase } from '../database.ts';

type Post = readonly [Role, string | null, number];

/** One or two of every role that has to do with permits, the second agency and the neighbour too. */
const posts: readonly Post[] = [
  ['expert', 'SMT', 4],
  ['expert', 'SMT', 4],
  ['expert', 'AGRI', 4],
  ['expert', 'HERITAGE', 4],
  ['expert', 'CULTURE', 4],
  ['expert', 'HEALTH', 4],
  ['expert', 'VET', 4],
  ['officer', 'DIRECTORATE', 4],
  ['officer', 'DIRECTORATE', 4],
  ['director', 'DIRECTORATE', 4],
  ['counter', 'DIRECTORATE', 4],
  ['admin', 'DIRECTORATE', 4],
  ['bank', 'MELLAT', 4],
  ['inspector', 'DIRECTORATE', 4],
  ['supporter', null, 4],
  ['ministry', 'MINISTRY', 0],
  ['auditor', 'MINISTRY', 0],
  ['expert', 'SMT', 0],
  ['officer', 'DIRECTORATE', 0],
  ['director', 'DIRECTORATE', 0],
];

/**
 * The people of a walk: their accounts, and beside each of an agency's experts the same account as it
 * would be after a move to the directorate, which is how one person could come to give both signatures.
 */
export async function walkers(database: TestDatabase, now: Date): Promise<Principal[]> {
  const out: Principal[] = [];
  for (const [role, organisationId, provinceId] of posts) {
    const accountId = await database.transaction(provinceContext(provinceId), (tx) =>
      insertAccount(tx, accountOf(role, organisationId, provinceId), now),
    );
    const one = { accountId, sessionId: randomUUID(), role, provinceId, organisationId };
    out.push({ ...one, personId: null });
    if (role === 'expert' && provinceId === 4) {
      const moved = { ...one, organisationId: 'DIRECTORATE', personId: null };
      out.push({ ...moved, role: 'officer' }, { ...moved, role: 'director' });
    }
  }
  return out;
}

function accountOf(role: Role, organisationId: string | null, provinceId: number) {
  return {
    provinceId,
    username: `walker-${randomUUID()}`,
    passwordHash: null,
    personId: null,
    nameFa: 'آزمون',
    nameEn: 'Test',
    role,
    organisationId,
    demonstration: true,
  };
}

/** A citizen who is the person of a case; the account need not be there, since nothing points to it. */
export function citizenOf(personId: string): Principal {
  return {
    accountId: personId,
    sessionId: personId,
    role: 'citizen',
    provinceId: 4,
    organisationId: null,
    personId,
  };
}
