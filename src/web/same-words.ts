/** The same keys with a word for each: what an `en.ts` must satisfy against its `fa.ts`. */
export type SameWords<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : SameWords<T[K]>;
};
