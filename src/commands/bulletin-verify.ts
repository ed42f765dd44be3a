import { referenceOf } from '../accounts/index.ts';
import { provinceContext } from '../platform/policy.ts';
import {
  findBulletin,
  readBulletinNumber,
  verifyVersion,
  versionsOf,
} from '../publishing/index.ts';
import { CommandError, openOutput } from './output.ts';
import { withDatabase } from './surroundings.ts';

type Options = { bulletinVersion?: string; json?: boolean };

/** Works a bulletin out again from the record; status 1 when anything of it differs. */
export async function verifyBulletin(number: string, options: Options): Promise<void> {
  const read = readBulletinNumber(number);
  if (!read) throw new CommandError(`«${number}» is no bulletin’s number, as 04-1401-1`, 2);
  const output = openOutput(options.json ?? false);
  const { version, checks } = await withDatabase(async (database) => {
    const context = { ...provinceContext(read.provinceId), pool: 'long' } as const;
    const reference = await referenceOf(database);
    return database.transaction(context, async (tx) => {
      const bulletin = await findBulletin(tx, read.provinceId, number);
      const versions = bulletin ? await versionsOf(tx, bulletin) : [];
      const asked = options.bulletinVersion;
      const found =
        asked === undefined
          ? versions.at(-1)
          : versions.find((one) => String(one.version) === asked);
      if (!found) throw new CommandError(`There is no such version of ${number}`, 2);
      return { version: found, checks: await verifyVersion(tx, reference, found) };
    });
  });
  const differences = checks.reduce((sum, check) => sum + check.differences.length, 0);
  output.document({ number, version: version.version, differences, checks });
  output.line(
    `Bulletin ${number}, version ${version.version}, as of ${version.asOf.toISOString()}`,
  );
  for (const { name, differences: found } of checks) {
    output.line(`  ${name.padEnd(10)} ${found.length === 0 ? 'agrees' : `${found.length} differ`}`);
    for (const one of found) {
      output.line(`    ${one.what}: published ${one.kept}, recomputed ${one.recomputed}`);
    }
  }
  if (differences > 0) throw new CommandError(`${differences} differences`, 1);
}
