import { insertAccount } from '../../src/accounts/index.ts';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { hashSecret } from '../../src/accounts/password.ts';
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
    // In clear, as one of before: the house that is to come seals it with keys of its own.
    const secret = Buffer.from(bank.secret.slice('whsec_'.length), 'base64');
    const webhook = { province_id: 4, bank_id: 'MELLAT', url: bank.url, secret };
    const row = { ...webhook, account_id: accountId, recorded_at: now };
    await tx.insertInto('bank_webhooks').values(row).execute();
  });
}
