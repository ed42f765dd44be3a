import type { Answer } from '../../../web/api.ts';

/** What a maker needs and could join, as the server answers it. */
export type Mine = Answer<'/api/my-needs'>;
