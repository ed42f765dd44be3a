import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import { systemClock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import { forgetRequests } from '../platform/shared-limits.ts';

type Limit = { readonly most: number; readonly minutes: number; readonly code?: string };
const day = 24 * 60;
const tooManyCodes = 'accounts.too_many_codes';

/**
 * How many tries in how many minutes. A name that is being guessed at is closed to browsers that it never
 * signed in from, and stays open to those it did: nobody locks out another by guessing (OWASP's device cookies).
 */
const limits = {
  /** A sign-in name, from browsers that it is new to. */
  name: { most: 10, minutes: 15 },
  /** A sign-in name, from one browser that it has signed in from. */
  device: { most: 10, minutes: 15 },
  /** Second factors of an account. */
  second: { most: 10, minutes: 15 },
  /** Wrong passwords and codes from one address; an office has one for all of it. */
  address: { most: 100, minutes: 15 },
  /** One-time codes asked for from one browser, whatever the number. */
  codesByDevice: { most: 10, minutes: 60 },
  /** One-time codes asked for from one address; a mobile network has one for many people. */
  codesByAddress: { most: 60, minutes: 60 },
  /** Codes for a number, from one browser that it has signed in from. */
  codesOfOwn: { most: 3, minutes: 10, code: tooManyCodes },
  codesOfOwnToday: { most: 10, minutes: day, code: tooManyCodes },
  /** Codes for a number, from browsers that it is new to, at one address. */
  codesOfNear: { most: 3, minutes: 10, code: tooManyCodes },
  codesOfNearToday: { most: 10, minutes: day, code: tooManyCodes },
  /** Codes for a number, from all browsers that it is new to. */
  codesOfNew: { most: 6, minutes: 10, code: tooManyCodes },
  codesOfNewToday: { most: 15, minutes: day, code: tooManyCodes },
} as const satisfies Record<string, Limit>;
export type TryKind = keyof typeof limits;
/** What is counted first, and what more only if that is not too much already. */
const order = Object.keys(limits);

/** Rows of no province: a name may be nobody's. */
const context = provinceContext(0);

/** What is counted: a kind, and whose. */
export type Tried = { readonly kind: TryKind; readonly of: string };

function keyOf({ kind, of }: Tried): Buffer {
  return createHash('sha256').update(`${kind} ${of}`).digest();
}

/**
 * Counts a try before it is made, so that tries side by side are counted too. What is too much already counts
 * nowhere else: whoever is refused uses up nothing of others.
 * @returns how many it has been of late, for each; equal to the limit exactly once in its time
 * @throws Problem `accounts.too_many_tries`, `accounts.too_many_codes` (429): the same for a name that is nobody's
 */
export async function countTries(
  database: Database,
  tried: readonly Tried[],
  now: Date,
): Promise<ReadonlyMap<TryKind, number>> {
  const { counts, over } = await database.transaction(context, async (tx) => {
    const found = new Map<TryKind, number>();
    // Always in one order, or two requests wait for each other.
    for (const one of tried.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
      const count = await countOne(tx, one, now);
      found.set(one.kind, count);
      if (count > limits[one.kind].most) return { counts: found, over: one.kind };
    }
    return { counts: found, over: undefined };
  });
  if (over !== undefined) {
    const { code = 'accounts.too_many_tries', minutes }: Limit = limits[over];
    throw new Problem(code, { minutes });
  }
  return counts;
}

async function countOne(tx: Tx, one: Tried, now: Date): Promise<number> {
  const { minutes } = limits[one.kind];
  const since = new Date(now.getTime() - minutes * 60_000);
  const fresh = sql<boolean>`sign_in_tries.began_at > ${since}`;
  const { tries } = await tx
    .insertInto('sign_in_tries')
    .values({ province_id: 0, key: keyOf(one), tries: 1, began_at: now })
    .onConflict((on) =>
      on.columns(['province_id', 'key']).doUpdateSet({
        tries: sql`case when ${fresh} then sign_in_tries.tries + 1 else 1 end`,
        began_at: sql`case when ${fresh} then sign_in_tries.began_at else ${now} end`,
      }),
    )
    .returning('tries')
    .executeTakeFirstOrThrow();
  return tries;
}

/** Whether a count has just reached its limit: the moment to raise an alarm, once. */
export function hasJustReached(counts: ReadonlyMap<TryKind, number>, kind: TryKind): boolean {
  return counts.get(kind) === limits[kind].most;
}

/** Forgets tries that ended well. */
export async function forgetTries(database: Database, tried: readonly Tried[]): Promise<void> {
  await database.transaction(context, (tx) =>
    tx
      .deleteFrom('sign_in_tries')
      .where('province_id', '=', 0)
      .where('key', 'in', tried.map(keyOf))
      .execute(),
  );
}

/** The network that an address stands for: of IPv6, what one household or office is given. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const front = head.split(':').filter(Boolean);
  const gap = 8 - front.length - tail.split(':').filter(Boolean).length;
  const whole = ip.includes('::')
    ? [...front, ...Array<string>(Math.max(gap, 0)).fill('0')]
    : front;
  return whole.slice(0, 4).join(':');
}

/** Clears away what is too old to matter, or made-up names would pile up. */
export const tryJobs: JobHandlers = {
  'accounts.forgetTries': async (_payload, { database, clock }) => {
    const old = new Date(clock.now().getTime() - (day + 60) * 60_000);
    await forgetRequests(database, systemClock.now());
    await database.transaction(context, (tx) =>
      tx
        .deleteFrom('sign_in_tries')
        .where('province_id', '=', 0)
        .where('began_at', '<', old)
        .execute(),
    );
  },
};
