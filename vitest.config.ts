import { defineConfig } from 'vitest/config';

const long = process.env.KARKHANEH_LONG_TESTS === '1';

/** Tests share one PostgreSQL (test/global-setup.ts); two files run at a time, each in a process. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['{src,test,demo,scripts,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', ...(long ? [] : ['**/*.long.test.ts'])],
    globalSetup: ['test/global-setup.ts'],
    // Reads what the product sends, and fails the file that makes it ask more than one machine.
    setupFiles: ['test/statements/collect.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
  },
});
