/**
 * node scripts/permission-table.ts
 *
 * Writes docs/permissions.md: every endpoint about a case, and who is let, from the policies.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';
import { permissionTable } from './permission-document.ts';

writeFileSync(join(repositoryFolder, 'docs/permissions.md'), permissionTable());
