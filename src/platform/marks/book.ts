import { sql } from 'kysely';
import type { StepSealer } from '../step-seals.ts';
import { countWithCommit, type Tx } from '../transaction.ts';
import { type Mark, Marker } from './mark.ts';
import type { WriteTrail } from './trail.ts';

/** A mark that went out with a transaction; say whether the transaction was committed. */
export type SentMark = { readonly settle: (committed: boolean) => Promise<void> };

/** Marks what the transactions of one process write. */
export class MarkBook {
  readonly #marker: Marker;
  #ready = false;
  #never = false;
  constructor(sealer: StepSealer) {
    this.#marker = new Marker(sealer);
  }

  /** Sends the mark of a transaction that may have written, as its last statement; it goes along with COMMIT. */
  async send(tx: Tx, trail: WriteTrail, province: number): Promise<SentMark | undefined> {
    if (trail.tables.length === 0 || !(await this.#isReady(tx))) return undefined;
    const mark: Mark = this.#marker.next(province);
    const written = countWithCommit(tx, this.#marker.statement(mark, trail));
    return {
      settle: async (committed) => {
        // A transaction that changed nothing leaves none.
        this.#marker.settle(mark, committed && (await written) === 1n);
      },
    };
  }

  /**
   * There is no table of marks before its migration has run. Where the rows lie on many machines, each has
   * numbers of its own for transactions, and no row shows them: nothing is marked there.
   */
  async #isReady(tx: Tx): Promise<boolean> {
    if (this.#ready || this.#never) return this.#ready;
    const { rows } = await sql<{ there: boolean; spread: boolean }>`
      select to_regclass('public.write_marks') is not null as there,
        exists (select from pg_extension where extname = 'citus') as spread`.execute(tx);
    this.#ready = rows[0]?.there === true && !rows[0].spread;
    this.#never = rows[0]?.spread === true;
    return this.#ready;
  }
}
