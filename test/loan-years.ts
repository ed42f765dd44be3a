import { type Reference, referenceOf } from '../src/accounts/index.ts';
import { financingChecks } from '../src/financing/checks.ts';
import {
  recallLoan,
  recordDeath,
  recordPayments,
  referPlans,
  repayLoans,
  rescheduleLoans,
  settleLoans,
  takeBackPlanStep,
} from '../src/financing/index.ts';
import { closeDay, mendCloses } from '../src/financing/ledger/close.ts';
import { positionOn } from '../src/financing/loans/position.ts';
import { findLoans } from '../src/financing/loans/queries.ts';
import { replay } from '../src/financing/loans/schedule.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { addDays, type IsoDate, isoDate } from '../src/kit/jalali.ts';
import { isProblem } from '../src/kit/problem.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import { enterPermits } from '../src/permits/index.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { TestDatabase } from './database.ts';
import { numbers } from './random-loan.ts';

const province = 4;
const openedAtOnce = 500;
const killed = new Error('killed');

/** Loans of a province that live through days with every kind of event, and closes that are killed. */
export class LoanYears {
  readonly done = new Map<string, number>();
  readonly #database: TestDatabase;
  readonly #reference: Reference;
  readonly #next: (under: number) => number;
  #day: IsoDate = isoDate('2021-03-21');
  #cases: string[] = [];
  #serial = 0;

  private constructor(database: TestDatabase, reference: Reference, seed: number) {
    this.#database = database;
    this.#reference = reference;
    this.#next = numbers(seed);
  }

  static async open(database: TestDatabase, loans: number, seed: number): Promise<LoanYears> {
    const years = new LoanYears(database, await referenceOf(database), seed);
    for (let opened = 0; opened < loans; opened += openedAtOnce) {
      await years.#openLoans(Math.min(openedAtOnce, loans - opened));
    }
    return years;
  }

  /** The act of a moment: later acts are of later moments. */
  #act(): Act {
    this.#serial += 1;
    const now = new Date(Date.parse(`${this.#day}T06:00:00Z`) + this.#serial);
    const opId = uuid7(now.getTime());
    return {
      provinceId: province,
      actorId: null,
      organisationId: null,
      now,
      today: this.#day,
      opId,
    };
  }

  #write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#database.transaction(provinceContext(province), work);
  }

  async #openLoans(count: number): Promise<void> {
    const people = Array.from({ length: count }, () => {
      this.#serial += 1;
      const nationalId = generateNationalId('275', this.#serial);
      const name = {
        firstName: 'آزمون',
        lastName: `شماره ${this.#serial}`,
        sex: 'female' as const,
      };
      return {
        person: { nationalId, idKind: 'national' as const, ...name },
        household: { countyId: 401, area: 'urban' as const },
        kind: 'independent' as const,
        occupationId: 'tailoring',
        happenedOn: this.#day,
        permitNumber: `د-${this.#serial}`,
      };
    });
    await this.#write(async (tx) => {
      const ids = await enterPermits(tx, this.#act(), this.#reference, people);
      const plans = ids.map((caseId) => ({
        caseId,
        bankId: this.#next(2) ? 'MELLAT' : 'SADERAT',
        creditLineId: 'home-jobs',
        requestedRial: BigInt(1 + this.#next(500)) * 1_000_000n,
        people: 1,
        happenedOn: this.#day,
      }));
      await referPlans(tx, this.#act(), this.#reference, plans);
      this.#cases.push(...ids);
    });
  }

  /** Lives through so many days, with so many acts on each; some days end with a close. */
  async live(days: number, actsADay: number): Promise<void> {
    for (let day = 0; day < days; day += 1) {
      for (let act = 0; act < actsADay; act += 1) await this.#carryOut();
      if (this.#next(3) === 0) await this.#close();
      this.#day = addDays(this.#day, 1 + this.#next(30));
    }
    await this.#close();
  }

  /** One act of somebody; what the rules refuse changes nothing. */
  async #carryOut(): Promise<void> {
    const caseId = this.#cases[this.#next(this.#cases.length)] ?? '';
    const acts = this.#acts(caseId);
    const names = Object.keys(acts);
    const name = names[this.#next(names.length)] ?? '';
    try {
      await this.#write(async (tx) => acts[name]?.(tx));
      this.done.set(name, (this.done.get(name) ?? 0) + 1);
    } catch (error) {
      const refused =
        isProblem(error) || (error as { constraint?: string }).constraint !== undefined;
      if (!refused) throw error;
    }
  }

  #acts(caseId: string): Record<string, (tx: Tx) => Promise<unknown>> {
    const happenedOn = addDays(this.#day, -this.#next(this.#next(4) === 0 ? 60 : 1));
    const amountRial = BigInt(1 + this.#next(90_000_000));
    // Few references, so that one comes twice now and then.
    const bankReference = `${this.#next(100_000)}`;
    const reason = 'آزمون';
    const pay = (tx: Tx) => {
      const inputs = [{ caseId, amountRial, bankReference, happenedOn }];
      return recordPayments(tx, this.#act(), this.#reference, inputs);
    };
    const repay = (tx: Tx, rial = amountRial / 9n + 1n) => {
      const mode = (['instalments', 'shorten', 'lower'] as const)[this.#next(3)] ?? 'lower';
      const repaid = { caseId, amountRial: rial, bankReference, mode, happenedOn };
      return repayLoans(tx, this.#act(), [repaid]);
    };
    const step = { caseId, reason, happenedOn };
    const again = { ...step, months: 1 + this.#next(40), graceMonths: this.#next(4) };
    return {
      pay,
      payMore: pay,
      payAgain: pay,
      repay,
      repayMore: repay,
      repayOften: repay,
      repayAll: async (tx) => repay(tx, (await this.#owed(tx, caseId)).fee),
      settle: async (tx) => {
        const { settlement } = await this.#owed(tx, caseId);
        const inputs = [{ caseId, amountRial: settlement, bankReference, happenedOn: this.#day }];
        await settleLoans(tx, this.#act(), inputs);
      },
      reschedule: (tx) => rescheduleLoans(tx, this.#act(), [again]),
      recall: (tx) => (this.#next(4) ? Promise.resolve() : recallLoan(tx, this.#act(), step)),
      death: (tx) => (this.#next(4) ? Promise.resolve() : recordDeath(tx, this.#act(), step)),
      takeBack: (tx) => takeBackPlanStep(tx, this.#act(), this.#reference, [{ caseId, reason }]),
    };
  }

  async #owed(tx: Tx, caseId: string) {
    const loans = await findLoans(tx, province, { caseIds: [caseId] });
    const loan = [...loans.values()][0];
    const events = loan?.told.map(({ event }) => event) ?? [];
    const terms = loan?.terms ?? { feeBp: 0, tenorMonths: 1, graceMonths: 0, feeInGrace: false };
    return positionOn(replay(terms, events), this.#day);
  }

  /** Closes the day, every second time killed after some of its transactions, and mends earlier days. */
  async #close(): Promise<void> {
    const now = new Date(`${this.#day}T20:00:00Z`);
    const lives = this.#next(2) === 0 ? 1 + this.#next(6) : 100_000;
    let left = lives;
    const mortal = new Proxy(this.#database, {
      get: (target, name, receiver) => {
        if (name !== 'transaction') return Reflect.get(target, name, receiver);
        return (...given: Parameters<TestDatabase['transaction']>) => {
          left -= 1;
          if (left < 0) throw killed;
          return target.transaction(...given);
        };
      },
    });
    try {
      await closeDay(mortal, province, this.#day, now, 40);
      await mendCloses(mortal, province, now);
    } catch (error) {
      if (error !== killed) throw error;
      this.done.set('killed', (this.done.get('killed') ?? 0) + 1);
      await closeDay(this.#database, province, this.#day, now, 40);
      await mendCloses(this.#database, province, now);
    }
  }

  /** Everything that the checks of this slice find. */
  differences(): Promise<string[]> {
    return this.#write(async (tx) => {
      const found: string[] = [];
      for (const { name, run } of financingChecks) {
        const { differences } = await run(tx, province);
        for (const it of differences) {
          found.push(`${name}: ${it.what} ${it.kept} ≠ ${it.recomputed}`);
        }
      }
      return found;
    });
  }
}
