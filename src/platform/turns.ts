import { Problem } from '../kit/problem.ts';

/** How many requests of one endpoint are at work at once, and how many may wait for their turn. */
export type TurnLimits = { readonly atOnce: number; readonly waiting: number };

/** Lets work in a few at a time and in the order of coming, so that much of one sort starves no other. */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #waiting: (() => void)[] = [];
  #atWork = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * Does the work when its turn comes.
   * @throws Problem `platform.busy` (503) when too many wait already, and whatever the work throws
   */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#atWork < this.#limits.atOnce) this.#atWork += 1;
    else await this.#wait();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#atWork -= 1;
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#limits.waiting) throw new Problem('platform.busy');
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }
}
