import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { makeSigningKey } from '../signing-key.ts';
import { rowChecks, takeStock } from './index.ts';

const insert = (id: string, nationalId: string) => `insert into people
  (province_id, id, national_id, id_kind, first_name, last_name, sex, name_key, recorded_at)
  values (4, '${id}', '${nationalId}', 'national', 'آزمون', 'آزمونی', 'female', 'آزمون آزمونی', now())`;
const before = '0190b5a0-0000-7000-8000-000000000001';
const behind = '0190b5a0-0000-7000-8000-000000000002';

test('what a stock found is as it was, though something older goes on elsewhere on the server; what comes is not', async () => {
  const key = makeSigningKey();
  await using database = await testDatabase();
  const written = async () => {
    const check = rowChecks(key).find(({ name }) => name === 'rows.written');
    const found = await database.migratorTransaction((tx) => check?.run(tx, 4) as never);
    return (found as { differences: { what: string }[] }).differences.map(({ what }) => what);
  };
  const elsewhere = new pg.Client({ connectionString: inject('testServer').superuserUrl });
  await elsewhere.connect();
  try {
    await elsewhere.query('begin; select pg_current_xact_id()');
    await database.pools.migrator.query(insert(before, '0499370899'));
    await takeStock(database, key, { why: 'first', asFound: true });
    expect(await written()).toEqual([]);
    await database.pools.migrator.query(insert(behind, '0790419904'));
    expect(await written()).toEqual([`people 4 ${behind} inserted`]);
  } finally {
    await elsewhere.end();
  }
});
