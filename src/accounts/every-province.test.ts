import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { countInProvinces, eachProvince } from './every-province.ts';

test('what fails in one province keeps no other from its turn, and is told in the end', async () => {
  const database = await testDatabase();
  try {
    const visited: number[] = [];
    const all = await countInProvinces(database, async () => 1);
    const visiting = eachProvince(database, async (provinceId) => {
      visited.push(provinceId);
      if (provinceId === 4) throw new Error('a table is locked');
    });
    await expect(visiting).rejects.toThrow('Province 4: Error: a table is locked');
    expect(all).toBe(31);
    expect(new Set(visited).size).toBe(all);
  } finally {
    await database.close();
  }
});
