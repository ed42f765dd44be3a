import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { type CommandLine, readCommandLine, refuseCommand } from './commands.ts';
import { isThere, type Mention, mentionsIn } from './documents.ts';
import { readSource, treePaths } from './source-files.ts';

const files = treePaths();
const { text: manifest } = readSource('package.json');
const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };

/** Folders that a run or npm makes; documents may name them. */
const made = readSource('.gitignore')
  .text.split('\n')
  .filter((line) => line.endsWith('/'))
  .map((line) => line.replaceAll(/^\/|\/$/g, ''));

const topLevel = new Set([...readdirSync(repositoryFolder), ...made]);
const documents = files.filter((path) => path.endsWith('.md')).map(readSource);
const mentions = documents.flatMap((document) => mentionsIn(document, topLevel));
const of = (kind: Mention['kind']) => mentions.filter((mention) => mention.kind === kind);
const say = ({ where, text }: Mention) => `${where} ${text}`;
const isFile = (path: string) => files.includes(path) || made.includes(path.split('/')[0] ?? '');

let house: TestHouse;
let commandLine: CommandLine;
beforeAll(async () => {
  house = await testHouse();
  await house.app.ready();
  commandLine = readCommandLine();
});
afterAll(() => house.close());

test('every path that a document names is there', () => {
  const missing = of('path').filter(
    (mention) => !isThere(mention, files) && !made.includes(mention.text.split('/')[0] ?? ''),
  );
  expect(missing.map(say)).toEqual([]);
});

test('every command that a document names is there, with its options', () => {
  const wrong = of('command').flatMap((mention) => {
    const why = refuseCommand(mention.text, scripts, commandLine, isFile);
    return why ? [`${say(mention)}: ${why}`] : [];
  });
  expect(wrong).toEqual([]);
});

test('every address that a document names is served', async () => {
  const paths = Object.keys((house.app.swagger() as { paths: object }).paths);
  // Where the pages are not built, the server has only the application's addresses to go by.
  const ofTheApplication = readSource('src/web/routes.tsx').text.matchAll(
    /(?:path: |signedInPage\(\s*)'([^']+)'/g,
  );
  paths.push(...[...ofTheApplication].map(([, path = '']) => path.replaceAll(/\$(\w+)/g, '{$1}')));
  const patterns = paths.map((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`));
  const wrong: string[] = [];
  for (const mention of of('address')) {
    const url = mention.text.replace(/^[A-Z]+ /, '').replace(/\?.*$/, '');
    const known = patterns.some((pattern) => pattern.test(url));
    if (!known && (await house.nobody.get(url)).status === 404) wrong.push(say(mention));
  }
  expect(wrong).toEqual([]);
});

test('every name in backticks is a name that the code has', () => {
  // Decisions speak of what was not taken, too.
  const named = of('name').filter(({ document }) => !document.startsWith('docs/decisions/'));
  const code = files
    .filter((path) => /\.(?:ts|tsx|sql|csv|json|css|yml)$|^bin\//.test(path))
    .filter((path) => path !== 'package-lock.json')
    .map((path) => readSource(path).text)
    .join('\n');
  const unknown = named.filter(({ text }) => !code.includes(text.split('.').at(-1) ?? text));
  expect(unknown.map(say)).toEqual([]);
});

describe('the rules bite', () => {
  const found = (text: string) =>
    mentionsIn({ path: 'docs/x.md', text }, new Set(['src', 'bin', 'docs'])).map(
      ({ kind, text: what }) => `${kind} ${what}`,
    );

  test.for([
    ['see `src/app.ts` and [this](runbook.md)', ['path src/app.ts', 'path runbook.md']],
    ['[a](https://example.org/x.md), `text/html`, `.xlsx`, `@fastify/cookie`', []],
    [
      '`GET /api/figures?by=agency` and `/office`',
      ['address GET /api/figures?by=agency', 'address /office'],
    ],
    ['`bin/karkhaneh check --json`', ['command bin/karkhaneh check --json']],
    ['the verb `permits.grant`', ['name permits.grant']],
    ['```\nnpm ci && npm start   # all of it\n```', ['command npm ci && npm start']],
    [
      '```\nsrc/       product\n  kit/     pure\n    rial.ts  money\nbin/x  y\n```',
      ['path src/', 'path src/kit/', 'path src/kit/rial.ts', 'path bin/x'],
    ],
    ['```\nconst a = 1;\n```', []],
  ] as const)('on %j', ([text, expected]) => {
    expect(found(text)).toEqual(expected);
  });

  test('on paths', () => {
    const at = (text: string): Mention => ({
      where: '',
      document: 'docs/x.md',
      kind: 'path',
      text,
    });
    const tree = ['src/kit/rial.ts', 'docs/runbook.md', 'bench/import/run.ts'];
    for (const text of ['src/kit/', 'runbook.md', 'rial.ts', 'bench/NAME/run.ts', '../src/kit']) {
      expect(isThere(at(text), tree), text).toBe(true);
    }
    for (const text of ['src/kit/rial', 'kit/rial.ts', 'toman.ts', 'bench/NAME/go.ts']) {
      expect(isThere(at(text), tree), text).toBe(false);
    }
  });

  test.for([
    ['npm run check && bin/karkhaneh figures --by agency', undefined],
    ['npm start -- --no-demo', undefined],
    ['bin/karkhaneh', undefined],
    ['npm run chek', 'there is no npm script chek'],
    ['npm start -- --nodemo', 'karkhaneh serve has no option --nodemo'],
    ['bin/karkhaneh figure', 'karkhaneh has no command figure'],
    ['bin/karkhaneh figures --buy agency', 'karkhaneh figures has no option --buy'],
    ['node scripts/nothing.ts', 'there is no file scripts/nothing.ts'],
  ] as const)('on %s', ([line, why]) => {
    expect(refuseCommand(line, scripts, commandLine, isFile)).toBe(why);
  });
});
