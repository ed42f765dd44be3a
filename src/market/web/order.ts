import type { Answer } from '../../web/api.ts';

/** An order as its parties see it. */
export type Order = Answer<'/api/orders/{code}'>;
