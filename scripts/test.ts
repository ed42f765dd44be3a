/**
 * npm test [-- --long] [file filters…]
 *
 * Runs the tests; the last line on stdout is exactly `N passed, N failed` (and `, N skipped` when
 * there are any). `--long` also runs the *.long.test.ts files. Status 0 when all passed, else 1.
 */
import { parseArgs } from 'node:util';
import { startVitest, type TestModule } from 'vitest/node';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A file that cannot be loaded, and a hook that fails, count as one failed test each. */
function count(modules: readonly TestModule[], unhandled: number): Tally {
  const tally: Tally = { passed: 0, failed: unhandled, skipped: 0 };
  for (const module of modules) {
    tally.failed += module.errors().length;
    for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      tally[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return tally;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false } },
});
if (values.long) process.env.KARKHANEH_LONG_TESTS = '1';

const vitest = await startVitest(positionals, { run: true, watch: false });
const tally = count(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
await vitest.close();

// A run that broke before or between its tests has failed, even if no single test did.
const broken = Number(process.exitCode ?? 0) !== 0 || tally.passed === 0;
if (broken && tally.failed === 0) tally.failed = 1;

const { passed, failed, skipped } = tally;
const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
const status = failed > 0 ? 1 : 0;
process.stdout.write(line, () => process.exit(status));
