import { createHash } from 'node:crypto';
import type {
  FastifyRateLimitOptions,
  FastifyRateLimitStore,
  FastifyRateLimitStoreCtor,
} from '@fastify/rate-limit';
import type { RouteOptions } from 'fastify';
import { sql } from 'kysely';
import { systemClock } from './clock.ts';
import type { Database } from './database.ts';
import { provinceContext } from './policy.ts';

/** Rows of no province: an address is nobody's. */
const context = provinceContext(0);

type Count = { readonly current: number; readonly ttl: number };

/** Counts one request of an address; `ttl` is what is left of its window, in milliseconds. */
async function count(database: Database, of: string, windowMs: number): Promise<Count> {
  const now = systemClock.now();
  const key = createHash('sha256').update(of).digest();
  const since = new Date(now.getTime() - windowMs);
  const fresh = sql<boolean>`request_counts.began_at > ${since}`;
  const row = await database.transaction(context, (tx) =>
    tx
      .insertInto('request_counts')
      .values({ province_id: 0, key, requests: 1, began_at: now })
      .onConflict((on) =>
        on.columns(['province_id', 'key']).doUpdateSet({
          requests: sql`case when ${fresh} then request_counts.requests + 1 else 1 end`,
          began_at: sql`case when ${fresh} then request_counts.began_at else excluded.began_at end`,
        }),
      )
      .returning(['requests', 'began_at'])
      .executeTakeFirstOrThrow(),
  );
  const ttl = Math.max(0, row.began_at.getTime() + windowMs - now.getTime());
  return { current: row.requests, ttl };
}

/**
 * Where limits by address are counted: in the database, so that several servers behind one address count
 * together. A window begins with the first request and ends by itself; what cannot be counted is let in.
 */
export function sharedLimits(database: Database): FastifyRateLimitStoreCtor {
  return class Shared implements FastifyRateLimitStore {
    readonly #route: string;
    constructor(options: FastifyRateLimitOptions & { readonly route?: string }) {
      this.#route = options.route ?? '';
    }

    incr(
      address: string,
      done: (error: Error | null, result?: Count) => void,
      timeWindow: number,
    ): void {
      count(database, `${this.#route} ${address}`, timeWindow).then(
        (found) => done(null, found),
        (error) => done(error),
      );
    }

    // The plugin hands over the route under a name that its own types do not have.
    child(options: object) {
      const { routeInfo } = options as { readonly routeInfo?: Partial<RouteOptions> };
      const { method, url } = routeInfo ?? {};
      return new Shared({ route: `${String(method)} ${String(url)}` });
    }
  };
}

/** Forgets windows that are over. */
export async function forgetRequests(database: Database, now: Date): Promise<void> {
  const old = new Date(now.getTime() - 2 * 3_600_000);
  await database.transaction(context, (tx) =>
    tx
      .deleteFrom('request_counts')
      .where('province_id', '=', 0)
      .where('began_at', '<', old)
      .execute(),
  );
}
