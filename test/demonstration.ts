import { loadDemo } from '../demo/load.ts';
import { referenceOf } from '../src/accounts/index.ts';
import { foldAll } from '../src/figures/index.ts';
import {
  copyDatabase,
  createDatabase,
  onServer,
  openNamed,
  type TestDatabase,
} from './database.ts';
import { inTurn } from './in-turn.ts';

const template = 'demonstration';
/**
 * A copy of the database with the demonstration in it. Whoever asks first in a run tells it, which takes
 * some seconds; everybody else gets a copy of that.
 */
export async function demonstrationDatabase(): Promise<TestDatabase> {
  await inTurn(async () => {
    if (!(await exists(template))) await tell();
  });
  return copyDatabase(template);
}

async function exists(name: string): Promise<boolean> {
  const found = await onServer((client) =>
    client.query('select from pg_database where datname = $1', [name]),
  );
  return found.rowCount === 1;
}

/** Under another name until it is whole: what broke off is not taken for the demonstration. */
async function tell(): Promise<void> {
  const draft = `${template}_${process.pid}`;
  await createDatabase(draft, 'karkhaneh');
  const database = await openNamed(draft);
  try {
    await loadDemo(database, await referenceOf(database));
    await foldAll(database);
  } finally {
    await database.close();
  }
  await onServer((client) => client.query(`alter database ${draft} rename to ${template}`));
}
