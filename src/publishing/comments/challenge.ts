import { createHash, randomInt } from 'node:crypto';
import { type Challenge, createChallenge, type Solution, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Keyring } from '../../platform/keyring.ts';

const minutes = 20;
/** Rounds of PBKDF2 for one guess, and how many guesses it takes: a third of a second on a slow phone. */
const cost = 1_000;
const guesses = { least: 100, most: 400 } as const;

const secrets = (keyring: Keyring) =>
  keyring.digests('comments', 'altcha').map((digest) => digest.toString('hex'));

/**
 * A fresh proof of work to ask for, signed with a key of the house and good for twenty minutes.
 * @param now by the clock that browsers go by
 */
export function askChallenge(keyring: Keyring, now: Date): Promise<Challenge> {
  const [secret = ''] = secrets(keyring);
  return createChallenge({
    ...{ algorithm: 'PBKDF2/SHA-256', cost, deriveKey },
    counter: randomInt(guesses.least, guesses.most),
    hmacSignatureSecret: secret,
    expiresAt: new Date(now.getTime() + minutes * 60_000),
  });
}

/**
 * Takes a proof of work that a browser sends, once: whoever sends it again is refused.
 * @throws Problem `publishing.challenge_failed` (422), `publishing.challenge_spent` (409)
 */
export async function spendChallenge(
  tx: Tx,
  keyring: Keyring,
  { provinceId, payload, now }: { provinceId: number; payload: string; now: Date },
): Promise<void> {
  const { challenge, solution } = readPayload(payload);
  if (!(await isSolved(keyring, challenge, solution))) {
    throw new Problem('publishing.challenge_failed');
  }
  await tx
    .deleteFrom('spent_challenges')
    .where('province_id', '=', provinceId)
    .where('expires_at', '<', now)
    .execute();
  const digest = createHash('sha256').update(String(challenge.signature)).digest();
  const expiresAt = new Date((challenge.parameters.expiresAt ?? 0) * 1000);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('spent_challenges')
    .values({ province_id: provinceId, digest, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('publishing.challenge_spent');
}

type Payload = { readonly challenge: Challenge; readonly solution: Solution };

/** @throws Problem `publishing.challenge_failed` */
function readPayload(payload: string): Payload {
  try {
    const read = JSON.parse(Buffer.from(payload, 'base64').toString()) as Payload;
    if (typeof read.challenge?.parameters === 'object' && typeof read.solution === 'object') {
      return read;
    }
  } catch {
    // What is no JSON is no proof either.
  }
  throw new Problem('publishing.challenge_failed');
}

/** Solved, of ours (whichever of our keys signed it), and not too old. */
async function isSolved(
  keyring: Keyring,
  challenge: Challenge,
  solution: Solution,
): Promise<boolean> {
  if (challenge.parameters.cost !== cost) return false;
  for (const secret of secrets(keyring)) {
    const asked = { challenge, solution, deriveKey, hmacSignatureSecret: secret };
    const result = await verifySolution(asked).catch(() => undefined);
    if (result?.verified) return true;
  }
  return false;
}
