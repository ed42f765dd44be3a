import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { permitRow, personId } from '../../test/register-office.ts';
import { referenceOf } from '../accounts/index.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { provinceContext } from '../platform/policy.ts';
import { enterPermits } from './open-cases.ts';
import { addVersions } from './versions.ts';

test('a permit from a register has the version that the record would give it', async () => {
  await using database = await testDatabase();
  const reference = await referenceOf(database);
  const now = new Date('2022-06-22T08:00:00Z');
  const parties = { provinceId: 4, actorId: uuid7(0), organisationId: 'DIRECTORATE' };
  const act = { ...parties, now, today: '2022-06-22', opId: uuid7(1) };
  const person = {
    nationalId: personId(1),
    idKind: 'national',
    sex: 'female',
    firstName: 'زهرا',
    lastName: String(permitRow(1)[3]),
  } as const;
  const household = { countyId: 401, area: 'rural', address: 'ارومیه،  كوچه ۲' } as const;
  const read = () =>
    database.migratorTransaction((tx) => tx.selectFrom('permit_versions').selectAll().execute());
  await database.transaction(provinceContext(4), (tx) =>
    enterPermits(tx, act, reference, [
      {
        person,
        household,
        kind: 'independent',
        occupationId: 'tailoring',
        happenedOn: '2021-05-05',
        permitNumber: 'WA-1',
      },
    ]),
  );
  const written = await read();
  expect(written).toHaveLength(1);
  await database.pools.migrator.query('delete from permit_versions');
  await database.transaction(provinceContext(4), (tx) =>
    addVersions(tx, 4, [written[0]?.permit_id ?? '']),
  );
  expect(await read()).toEqual(written);
});
