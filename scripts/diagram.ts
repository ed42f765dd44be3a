/**
 * node scripts/diagram.ts
 *
 * Writes docs/permit-states.md: the permit's state table as a diagram, in both languages.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';
import { stateDocument } from './state-diagram.ts';

writeFileSync(join(repositoryFolder, 'docs/permit-states.md'), stateDocument());
