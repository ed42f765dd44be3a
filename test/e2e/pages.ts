import { buildWebIfStale } from '../../scripts/build-web.ts';
import { inTurn } from '../in-turn.ts';

/** Builds the pages unless they are up to date; files of tests that run side by side build them once. */
export async function buildPages(): Promise<void> {
  await inTurn(() => buildWebIfStale(() => {}));
}
