import { generate } from 'otplib';
import type { Connection } from './load.ts';
import { password } from './province.ts';

/** Recovery codes by username, of the accounts of this process's copy of the province. */
const recovery = new Map<string, string[]>();

/**
 * Signs somebody of the bench in through the product's own door, who signs and therefore shows a second factor:
 * an app that is set up the first time, a recovery code afterwards, since a code of the app counts once.
 * @returns the cookie of a whole session
 */
export async function enter(connection: Connection, username: string): Promise<string> {
  const { cookie } = await connection.post('/api/session', '', { username, password });
  const code = recovery.get(username)?.pop();
  if (code !== undefined) {
    return (await connection.post('/api/session/second', cookie, { code })).cookie;
  }
  const { body } = await connection.post('/api/my/factors/totp', cookie, {});
  const shown = { factor: body.factor, code: await generate({ secret: body.secret }) };
  const added = await connection.post('/api/my/factors/totp/confirm', cookie, shown);
  recovery.set(username, added.body.recoveryCodes);
  return added.cookie;
}
