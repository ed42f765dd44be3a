import { insertAccount } from '../src/accounts/index.ts';
import type { Act } from '../src/platform/history.ts';
import type { Principal } from '../src/platform/policy.ts';
import { marketData } from './market-data.ts';
import type { MarketScene } from './market-scene.ts';
import { PROVINCE_ID } from './plan-targets.ts';

/** Opens the accounts of those who only buy: one for a home in another province, one for a shop. */
export async function openBuyers({ tx }: MarketScene, act: Act): Promise<void> {
  for (const { mobile, nameFa, nameEn } of marketData.buyers) {
    const account = { provinceId: PROVINCE_ID, username: mobile, personId: null, nameFa, nameEn };
    const citizen = { role: 'citizen', passwordHash: null, organisationId: null } as const;
    await insertAccount(tx, { ...account, ...citizen, demonstration: true }, act.now);
  }
}

/** The buyers as they order, in the order of the data. */
export async function buyersOf({ tx }: Pick<MarketScene, 'tx'>): Promise<Principal[]> {
  const mobiles = marketData.buyers.map(({ mobile }) => mobile);
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'username'])
    .where('province_id', '=', PROVINCE_ID)
    .where('username', 'in', mobiles)
    .execute();
  return mobiles.flatMap((mobile) => {
    const row = rows.find(({ username }) => username === mobile);
    if (!row) return [];
    const nobody = { sessionId: '', organisationId: null, personId: null };
    return [{ ...nobody, accountId: row.id, role: 'citizen' as const, provinceId: PROVINCE_ID }];
  });
}
