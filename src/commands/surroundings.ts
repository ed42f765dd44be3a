import { demonstrationClock } from '../../demo/clock.ts';
import { loadReference } from '../accounts/index.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database.ts';
import { keepStock } from '../platform/marks/index.ts';
import { laterMigrations, migrate } from '../platform/migrate.ts';
import { openSigningKey, type SigningKey } from '../platform/signing-key.ts';
import { openLog } from '../platform/telemetry.ts';

/** Opens the database that the environment names, brings it up to date, runs `work`, and closes it. */
export async function withDatabase<T>(
  work: (database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  const sealer = await openSigningKey(config);
  const database = await openDatabase(config, {
    sealer,
    onError: (err, pool) => log.warn({ err, pool }, 'a database connection broke'),
  });
  try {
    await prepare(database, sealer);
    return await work(database, config);
  } finally {
    await database.close();
  }
}

/**
 * Migrations, the first stock of the rows or one after migrations, and reference data; quick when there is nothing
 * to do. @returns the migrations that ran
 */
export async function prepare(database: Database, sealer: SigningKey): Promise<string[]> {
  const ran = await migrate(database);
  await keepStock(database, sealer, ran);
  // What a newer version has brought is let be: the files of this one are older.
  if ((await laterMigrations(database)).length === 0) await loadReference(database);
  return ran;
}

/** Whether the database holds nobody's case and nobody's account yet. */
export async function isEmpty(database: Database): Promise<boolean> {
  return database.migratorTransaction(async (tx) => {
    const account = await tx.selectFrom('accounts').select('id').limit(1).executeTakeFirst();
    const found = await tx.selectFrom('cases').select('id').limit(1).executeTakeFirst();
    return account === undefined && found === undefined;
  });
}

/** The clock that a database goes by: the machine's, or the demonstration's own (decision 0023). */
export async function clockOf(database: Database): Promise<Clock> {
  return (await isDemonstration(database)) ? demonstrationClock(database) : systemClock;
}

/** Whether the database holds the demonstration. */
export async function isDemonstration(database: Database): Promise<boolean> {
  return database.migratorTransaction(async (tx) => {
    const account = await tx
      .selectFrom('accounts')
      .select('id')
      .where('demonstration', '=', true)
      .limit(1)
      .executeTakeFirst();
    return account !== undefined;
  });
}
