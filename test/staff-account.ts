import { insertAccount, type NewAccount } from '../src/accounts/index.ts';
import { hashSecret } from '../src/accounts/password.ts';
import { provinceContext, type Role } from '../src/platform/policy.ts';
import type { Caller, Reply, TestHouse } from './house.ts';

/** The password of such an account. */
export const ownPassword = 'چهار واژه بی ربط';

/** An account as a real house has it, not of the demonstration's cast. @returns its id */
export async function openStaff(
  house: TestHouse,
  username: string,
  role: Role,
  more: Partial<NewAccount> = {},
): Promise<string> {
  const account = {
    ...{ provinceId: 4, username, role, organisationId: 'DIRECTORATE', personId: null },
    ...{ nameFa: 'آزمون', nameEn: 'Test', demonstration: false },
    passwordHash: await hashSecret(ownPassword),
    ...more,
  };
  return house.database.transaction(provinceContext(account.provinceId), (tx) =>
    insertAccount(tx, account, house.clock.now()),
  );
}

/** Who holds the cookies that an answer set. */
export function holding(house: TestHouse, reply: Reply, more = ''): Caller {
  const set = [reply.headers['set-cookie']].flat().map((text) => String(text).split(';')[0]);
  return house.holding([...set, more].filter(Boolean).join('; '));
}
