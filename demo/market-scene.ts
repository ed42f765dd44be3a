import type { CaseStory } from './case-story.ts';
import type { Pictures } from './market-pictures.ts';
import type { Scene } from './scene.ts';

/** What the telling of the market goes by. */
export type MarketScene = Scene & {
  readonly pictures: Pictures;
  readonly cases: readonly CaseStory[];
};
