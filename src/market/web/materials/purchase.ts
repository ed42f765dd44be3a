import type { Answer } from '../../../web/api.ts';

/** A pooled purchase with everything about it, as the server answers it. */
export type Purchase = Answer<'/api/purchases/{code}'>;
