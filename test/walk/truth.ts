import { sql } from 'kysely';
import { checkProvince } from '../../src/figures/index.ts';
import { isLegal } from '../../src/kit/steps.ts';
import {
  deadlineSetting,
  holderOf,
  type PermitState,
  type PermitVerb,
  permitSteps,
} from '../../src/permits/rules.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import type { TestDatabase } from '../database.ts';

type Row = {
  case_id: string;
  id: string;
  seq: number;
  verb: PermitVerb;
  from_state: PermitState | null;
  to_state: PermitState;
  sign: number;
  reverses: string | null;
  actor_id: string | null;
};

type Case = { id: string; state: PermitState; holder: string; due_on: string | null };

/** Two acts on one case that one person may not both do: the first as last done, then the second. */
const pairs = [
  ['permits.sign', 'permits.grant'],
  ['permits.signRenewal', 'permits.renew'],
  ['permits.refuse', 'permits.uphold'],
  ['permits.refuse', 'permits.overturn'],
] as const;

/** States in which a case waits for somebody: it has a holder then, and a last day. */
const waiting: readonly PermitState[] = permitSteps.states.filter((s) => holderOf(s) !== 'nobody');

/** Everything that is untrue of a province's cases, from its record alone; empty when all is well. */
export async function untruths(database: TestDatabase, provinceId: number): Promise<string[]> {
  const { history, cases } = await database.transaction(
    provinceContext(provinceId),
    async (tx) => ({
      history: (
        await sql<Row>`select case_id, id, seq, verb, from_state, to_state, sign, reverses, actor_id
        from history where province_id = ${provinceId} order by case_id, seq`.execute(tx)
      ).rows,
      cases: (
        await sql<Case>`select id, state, holder, due_on from cases
        where province_id = ${provinceId}`.execute(tx)
      ).rows,
    }),
  );
  const told = Map.groupBy(history, ({ case_id }) => case_id);
  const ofCases = cases.flatMap((one) => untrueCase(one, told.get(one.id) ?? []));
  const report = await checkProvince(database, provinceId);
  const checks = report.checks.flatMap(({ name, differences }) =>
    differences.map(({ what, kept, recomputed }) => `${name}: ${what} ${kept} ≠ ${recomputed}`),
  );
  return [...ofCases, ...checks];
}

function untrueCase({ id, state, holder, due_on }: Case, rows: readonly Row[]): string[] {
  const { found, standing } = follow(rows);
  const last = standing.at(-1)?.to_state ?? 'void';
  const holds = holderOf(state);
  if (last !== state) found.push(`is ${state}, its record says ${last}`);
  if (holder !== holds) found.push(`is ${state}, held by ${holder}`);
  if (waiting.includes(state) && holder === 'nobody') found.push(`is ${state}, held by nobody`);
  if ((deadlineSetting(state) !== null) !== (due_on !== null)) {
    found.push(`is ${state}, due ${due_on ?? 'never'}`);
  }
  return found.map((what) => `${id} ${what}`);
}

/** Walks a case's record as a stack of standing steps; a step back takes the newest of them off. */
function follow(rows: readonly Row[]): { found: string[]; standing: Row[] } {
  const found: string[] = [];
  const standing: Row[] = [];
  for (const row of rows) {
    const before = standing.at(-1);
    if (row.sign < 0) {
      if (row.reverses !== before?.id) found.push(`#${row.seq} takes back what is not the newest`);
      standing.pop();
      continue;
    }
    const state = before?.to_state ?? null;
    const { to } = permitSteps.steps[row.verb];
    if (row.from_state !== state || row.to_state !== to || !isLegal(permitSteps, row.verb, state)) {
      found.push(`#${row.seq} ${row.verb} from ${state ?? 'nothing'} to ${row.to_state}`);
    }
    for (const [first, second] of pairs) {
      const earlier = standing.findLast(({ verb }) => verb === first);
      if (row.verb === second && row.actor_id !== null && earlier?.actor_id === row.actor_id) {
        found.push(`#${row.seq} ${second} by whoever did ${first}`);
      }
    }
    standing.push(row);
  }
  return { found, standing };
}
