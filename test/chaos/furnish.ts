import { randomUUID } from 'node:crypto';
import { insertAccount } from '../../src/accounts/index.ts';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { hashSecret } from '../../src/accounts/password.ts';
import { keepWebhook } from '../../src/financing/bank-api/webhooks.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { provinceContext, type Role } from '../../src/platform/policy.ts';

/** Of everybody at a desk. */
export const password = 'a password of chaos';

/** The embedded database of a data folder. */
export function openHouse(dataFolder: string): Promise<Database> {
  return openDatabase({ dataFolder, databaseUrl: undefined, appDatabaseUrl: undefined });
}

/** A database by a folder or by an address, filled with what {@link furnishDatabase} fills it with. */
export async function furnish(
  dataFolder: string,
  bank?: { readonly url: string; readonly secret: string },
): Promise<void> {
  const database = await openHouse(dataFolder);
  await migrate(database);
  await loadReference(database);
  await furnishDatabase(database, bank);
  await database.close();
}

/** The people at their desks, and a bank that wants to be told. */
export async function furnishDatabase(
  database: Database,
  bank?: { readonly url: string; readonly secret: string },
): Promise<void> {
  const passwordHash = await hashSecret(password);
  const now = new Date();
  await database.transaction(provinceContext(4), async (tx) => {
    const account = (username: string, role: Role, organisationId: string) => {
      const names = { nameFa: username, nameEn: username, personId: null, demonstration: true };
      const whole = { provinceId: 4, username, passwordHash, role, organisationId, ...names };
      return insertAccount(tx, whole, now);
    };
    await account('expert', 'expert', 'SMT');
    const accountId = await account('officer', 'officer', 'DIRECTORATE');
    if (!bank) return;
    const act = { provinceId: 4, actorId: null, organisationId: null, now, today: '2026-01-01' };
    const webhook = { bankId: 'MELLAT', accountId, url: bank.url, secret: bank.secret };
    await keepWebhook(tx, { ...act, opId: randomUUID() }, webhook);
  });
}
