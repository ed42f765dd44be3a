/**
 * npm run check [-- --no-tests]
 *
 * Format, lint, types, dead code, tests: each step by name, stopping at the first that fails.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryFolder } from '../src/platform/config.ts';

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to do when it fails. */
  readonly advice: string;
}

const { values } = parseArgs({ options: { 'no-tests': { type: 'boolean', default: false } } });

const node = (script: string): readonly [string, string, string] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  script,
];
const tool = (name: string) => join('node_modules/.bin', name);
// TypeScript 7 is the fast one; the name `typescript` is held by 5, which other tools need.
const compiler = node('node_modules/typescript-native/bin/tsc');

const steps: readonly Step[] = [
  {
    name: 'types of the tables, from the migrations',
    command: node('scripts/build-tables.ts'),
    advice: 'A migration does not run; its file and line are above.',
  },
  {
    name: "the browser's client, from the routes",
    command: node('scripts/build-client.ts'),
    advice: 'The OpenAPI document could not be made from the routes.',
  },
  {
    name: 'format and lint',
    command: [tool('biome'), 'check', '--error-on-warnings', '.'],
    advice: 'Run «npm run format»; what is left needs a hand.',
  },
  {
    name: 'types of the server',
    command: [...compiler, '-p', 'tsconfig.json'],
    advice: 'The file and line are above.',
  },
  {
    name: 'types of the pages',
    command: [...compiler, '-p', 'tsconfig.web.json'],
    advice: 'The file and line are above.',
  },
  {
    name: 'dead code',
    command: [tool('knip')],
    advice: 'Remove what nothing uses, or use it.',
  },
  ...(values['no-tests']
    ? []
    : [
        {
          name: 'tests',
          command: node('scripts/test.ts'),
          advice: 'Run one file alone with «npm test -- part/of/its/name».',
        },
      ]),
];

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

for (const [index, { name, command, advice }] of steps.entries()) {
  say(`\n[${index + 1}/${steps.length}] ${name}`);
  const started = performance.now();
  const [program, ...args] = command;
  const { status, error } = spawnSync(program, args, { cwd: repositoryFolder, stdio: 'inherit' });
  if (status !== 0) {
    say(`\ncheck failed at «${name}»${error ? `: ${error.message}` : ''}. ${advice}`);
    process.exit(1);
  }
  say(`    done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
say(`\ncheck passed: ${steps.map(({ name }) => name).join(', ')}`);
