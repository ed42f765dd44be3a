import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Reference, referenceOf } from '../../src/accounts/index.ts';
import { decodeCode, encodeCode } from '../../src/kit/code.ts';
import { addDays, type IsoDate, isoDate } from '../../src/kit/jalali.ts';
import { isProblem } from '../../src/kit/problem.ts';
import { isLegal } from '../../src/kit/steps.ts';
import { watchDeadlines, watchValidity } from '../../src/permits/index.ts';
import { mayAct, type PolicyCase, permitPermissions } from '../../src/permits/policy.ts';
import { permitRoutes } from '../../src/permits/routes.ts';
import { type PermitState, type PermitVerb, permitSteps } from '../../src/permits/rules.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import type { AnyEndpoint } from '../../src/platform/endpoint.ts';
import { contextOf, demand, type Principal, provinceContext } from '../../src/platform/policy.ts';
import type { TestDatabase } from '../database.ts';
import { bodyOf } from './bodies.ts';
import { citizenOf, walkers } from './people.ts';

const province = 4;

/** Acts that somebody may try: every step that a route takes, and the correction. */
const endpointOf = (id: string) => permitRoutes.find((it) => it.id === id) as AnyEndpoint;
const submitting = endpointOf('permits.submit');
const takingBack = endpointOf('permits.takeBack');
const stepping = permitRoutes.filter((it) => it !== submitting && it.id in permitSteps.steps);
/** The verbs of all these steps: what a long walk has to have done each of. */
export const walkedVerbs: readonly string[] = [submitting, takingBack, ...stepping].map(
  ({ id }) => id,
);

/** Random numbers; what they choose depends on what there is to choose from. */
export type Move = {
  readonly case: number;
  readonly act: number;
  readonly who: number;
  readonly body: number;
  /** Mostly what could succeed is tried; sometimes anything is. */
  readonly sane: boolean;
  /** Days that pass before. */
  readonly wait: number;
};

const anyMove: fc.Arbitrary<Move> = fc.noBias(
  fc.record({
    case: fc.nat({ max: 10_000 }),
    act: fc.nat({ max: 10_000 }),
    who: fc.nat({ max: 10_000 }),
    body: fc.nat({ max: 10_000 }),
    sane: fc.integer({ min: 0, max: 9 }).map((n) => n < 7),
    // Mostly none; enough for a deadline now and then, and for a permit to come to its end.
    wait: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 12, 60, 400),
  }),
);

/** A sequence of so many acts. */
export const anySequence = (acts: number): fc.Arbitrary<Move[]> =>
  fc.array(anyMove, { minLength: acts, maxLength: acts });

type Known = PolicyCase & { readonly id: string; readonly state: PermitState };

/** What an act came to: a problem's code, or null when it was done. */
type Outcome = {
  readonly verb: string;
  readonly allowed: boolean;
  readonly problem: string | null;
};

/** People, cases and a calendar that go on through all sequences on one database. */
export class Walk {
  readonly #outcomes: Outcome[] = [];
  readonly #database: TestDatabase;
  readonly #reference: Reference;
  readonly #people: readonly Principal[];
  readonly #clock: ReturnType<typeof fixedClock>;
  #day: IsoDate = isoDate('2021-03-21');
  #serial = 0;
  #cases: string[] = [];

  private constructor(
    database: TestDatabase,
    reference: Reference,
    people: readonly Principal[],
    clock: ReturnType<typeof fixedClock>,
  ) {
    this.#database = database;
    this.#reference = reference;
    this.#people = people;
    this.#clock = clock;
  }

  static async begin(database: TestDatabase): Promise<Walk> {
    const clock = fixedClock('2021-03-21T06:00:00Z');
    const people = await walkers(database, clock.now());
    return new Walk(database, await referenceOf(database), people, clock);
  }

  /** One sequence: some new cases, and what random people do to them and to a few older ones. */
  async sequence(moves: readonly Move[]): Promise<void> {
    this.#cases = this.#cases.slice(-3);
    for (const move of moves) await this.#take(move);
  }

  /** Acts that the table or the policy forbids, and that were done all the same. */
  forbidden(): readonly Outcome[] {
    return this.#outcomes.filter(({ allowed, problem }) => !allowed && problem === null);
  }

  /** The verbs that somebody has done. */
  done(): string[] {
    const done = this.#outcomes.filter(({ problem }) => problem === null);
    return [...new Set(done.map(({ verb }) => verb))].sort();
  }

  async #take(move: Move): Promise<void> {
    await this.#pass(move.wait);
    const known = await this.#look(this.#cases[move.case % (this.#cases.length + 1)]);
    const act = this.#actFor(known, move);
    const principal = this.#whoFor(known, act, move);
    const legal =
      act.id === 'permits.takeBack' ||
      isLegal(permitSteps, act.id as PermitVerb, known?.state ?? null);
    const allowed = legal && (known === undefined || mayAct(principal, act.id, known));
    const problem = await this.#try(act, principal, known, move.body);
    this.#outcomes.push({ verb: act.id, allowed, problem });
  }

  /** Time passes, and what goes by the clock happens. */
  async #pass(days: number): Promise<void> {
    if (days === 0) return;
    this.#day = addDays(this.#day, days);
    this.#clock.moveTo(new Date(`${this.#day}T06:00:00Z`));
    if (days < 10) return;
    const quiet = { warn: () => undefined };
    await watchDeadlines(this.#database, this.#reference, this.#clock, province, quiet);
    await watchValidity({ database: this.#database, clock: this.#clock }, () => 'text');
  }

  async #look(id: string | undefined): Promise<Known | undefined> {
    if (id === undefined) return undefined;
    const row = await this.#database.transaction(provinceContext(province), (tx) =>
      tx
        .selectFrom('cases')
        .select(['state', 'agency_id', 'bank_id', 'clearing_ids', 'person_id'])
        .where('province_id', '=', province)
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    );
    const { state, agency_id: agencyId, bank_id: bankId, clearing_ids: clearingIds } = row;
    const of = { provinceId: province, agencyId, bankId, clearingIds, personId: row.person_id };
    return { ...of, id, state: state as PermitState };
  }

  /** Sane: one of those least done so far that the state allows. Else anything. */
  #actFor(known: Known | undefined, { act, sane }: Move): AnyEndpoint {
    if (!known) return submitting;
    if (sane && act % 12 === 0) return takingBack;
    const legal = stepping.filter(({ id }) => isLegal(permitSteps, id as PermitVerb, known.state));
    const rarest = legal.toSorted((a, b) => this.#timesDone(a.id) - this.#timesDone(b.id));
    const from = sane && legal.length > 0 ? rarest.slice(0, 3) : stepping;
    return from[act % from.length] as AnyEndpoint;
  }

  #timesDone(verb: string): number {
    return this.#outcomes.filter((one) => one.verb === verb && one.problem === null).length;
  }

  #whoFor(known: Known | undefined, act: AnyEndpoint, { who, sane }: Move): Principal {
    const people = known ? [...this.#people, citizenOf(known.personId)] : this.#people;
    const holders = people.filter((one) => (known ? mayAct(one, act.id, known) : opens(one)));
    const from = sane && holders.length > 0 ? holders : people;
    return from[who % from.length] as Principal;
  }

  async #try(
    it: AnyEndpoint,
    principal: Principal,
    known: Known | undefined,
    body: number,
  ): Promise<string | null> {
    const provinceId = known ? province : principal.provinceId;
    const { wholeProvince } = it;
    const context = wholeProvince ? provinceContext(provinceId) : contextOf(principal, provinceId);
    try {
      if ('permission' in it.access) demand(it.access.table, it.access.permission, principal);
      const call = this.#call(it, principal, known, body);
      const { code } = await this.#database.transaction(context, (tx) =>
        (it.handle as Handle)({ ...call, tx, act: { ...call.act, provinceId } }),
      );
      const opened = decodeCode(code);
      if (!known && opened?.provinceId === province) this.#cases.push(opened.id);
      return null;
    } catch (error) {
      if (isProblem(error)) return error.code;
      const { constraint } = error as { constraint?: string };
      if (constraint !== undefined) return constraint;
      throw error;
    }
  }

  /** What the server would give a handler, without the transaction. */
  #call(it: AnyEndpoint, principal: Principal, known: Known | undefined, body: number) {
    this.#serial += 1;
    const now = new Date(this.#clock.now().getTime() + this.#serial);
    return {
      principal,
      act: {
        actorId: principal.accountId,
        organisationId: principal.organisationId,
        now,
        today: this.#day,
        opId: randomUUID(),
      },
      params: known ? { code: encodeCode(province, known.id) } : {},
      query: {},
      body: bodyOf(it.id, body, this.#serial),
      house: { database: this.#database },
    };
  }
}

type Handle = (call: object) => Promise<{ code: string }>;

function opens({ role, provinceId }: Principal): boolean {
  return provinceId === province && (permitPermissions['permits.submit']?.includes(role) ?? false);
}
