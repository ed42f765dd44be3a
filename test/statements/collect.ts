import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, inject } from 'vitest';
import { isExcused } from './excused.ts';
import { sentByProduct } from './recorder.ts';

// Every statement that the product sends while a file of tests runs has to go to one machine of a database that is
// spread by province. A statement is read once a run, however many files make the product send it.

afterAll(async () => {
  const ours = sentByProduct();
  if (ours.length === 0) return;
  const kept = join(inject('statementsRead'), 'read');
  const read = new Set(existsSync(kept) ? readFileSync(kept, 'utf8').split('\n') : []);
  // Read here and not above: most files of tests send nothing.
  const { faultsOf } = await import('./faults.ts');
  const found: string[] = [];
  for (const [text, { parameters, from }] of ours) {
    const digest = createHash('sha256').update(text).digest('base64');
    if (read.has(digest)) continue;
    const faults = (await faultsOf(text, parameters)).filter((one) => !isExcused(from, one));
    if (faults.length > 0) found.push(`${from}: ${faults.join('; ')}\n${text}`);
    else appendFileSync(kept, `${digest}\n`);
  }
  expect(found, 'statements that would not go to one machine of a spread database').toEqual([]);
});
