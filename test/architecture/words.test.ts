import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { repositoryFolder } from '../../src/platform/config.ts';
import * as aria from '../../src/web/aria/fa.ts';
import { codeFiles, isTest, isWeb, type SourceFile } from './source-files.ts';
import {
  argumentsOf,
  englishInTemplate,
  englishOnPage,
  messagesOf,
  persianInCode,
} from './words.ts';

/** React Aria brings its English itself; scripts/vite-aria-words.ts puts the two together. */
const ofALibrary = 'src/web/aria/fa.ts';

const isWords = (path: string) => /\/(?:fa|en)\.ts$/.test(path);
const code = codeFiles(/\.tsx?$/).filter(({ path }) => !isTest(path) && !isWords(path));
const persianFiles = codeFiles(/\/fa\.ts$/).filter(({ path }) => path !== ofALibrary);

async function wordsIn(path: string): Promise<Map<string, string>> {
  const module: { default: unknown } = await import(join(repositoryFolder, path));
  return messagesOf(module.default);
}

const englishOf = (path: string) => path.replace(/fa\.ts$/, 'en.ts');

test('Persian stands in fa.ts alone', () => {
  expect(code.flatMap(persianInCode)).toEqual([]);
});

test('a page shows no English of its own', () => {
  expect(code.filter(({ path }) => path.endsWith('.tsx')).flatMap(englishOnPage)).toEqual([]);
  expect(code.filter(({ path }) => !isWeb(path)).flatMap(englishInTemplate)).toEqual([]);
});

test('English has a file beside every Persian one, and none by itself', () => {
  const lonely = persianFiles.filter(
    ({ path }) => !existsSync(join(repositoryFolder, englishOf(path))),
  );
  expect(lonely.map(({ path }) => path)).toEqual([]);
  expect(codeFiles(/\/en\.ts$/).map(({ path }) => path)).toEqual(
    persianFiles.map(({ path }) => englishOf(path)),
  );
});

describe.for(persianFiles.map(({ path }) => path))('the words of %s', (path) => {
  test('are the same in both languages, with the same arguments', async () => {
    const persian = await wordsIn(path);
    const english = await wordsIn(englishOf(path));
    expect([...english.keys()].sort()).toEqual([...persian.keys()].sort());
    const wanted = [...persian].map(([key, message]) => [key, argumentsOf(message)]);
    const given = [...persian.keys()].map((key) => [key, argumentsOf(english.get(key) ?? '')]);
    expect(given).toEqual(wanted);
  });

  test.for(['fa', 'en'] as const)('can all be said in %s', async (locale) => {
    const messages = await wordsIn(locale === 'fa' ? path : englishOf(path));
    for (const [key, message] of messages) {
      expect(message.trim(), key).not.toBe('');
      const values = argumentsOf(message).map((argument) => [argument.split(':')[0], 1]);
      expect(say(locale, message, Object.fromEntries(values)), key).not.toContain('{');
    }
  });
});

function say(locale: string, message: string, values: Record<string, number>): string {
  const translate = createTranslator({
    locale,
    messages: { message },
    onError(error) {
      throw error;
    },
  });
  return translate('message', values);
}

test.for(Object.entries(aria))(
  "React Aria's %s has the keys that its English has",
  async ([part, persian]) => {
    const english = join(repositoryFolder, 'node_modules', ariaFolder(part), 'en-US.mjs');
    const module: { default: object } = await import(english);
    expect(Object.keys(persian).sort()).toEqual(Object.keys(module.default).sort());
  },
);

/** Where React Aria keeps the words of a part, as scripts/vite-aria-words.ts names the parts. */
function ariaFolder(part: string): string {
  if (part === 'components') return 'react-aria-components/dist/private/intl';
  const ofState = part.startsWith('state_');
  const library = ofState ? 'react-stately' : 'react-aria';
  return `${library}/dist/private/intl/${ofState ? part.slice('state_'.length) : part}`;
}

describe('the rules bite', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });

  test('on Persian', () => {
    expect(persianInCode(file('p1.ts', "const a = 'سلام';"))).toHaveLength(1);
    expect(persianInCode(file('p2.tsx', '<p>{x} سلام</p>'))).toHaveLength(1);
    expect(persianInCode(file('p3.ts', `const a = \`\${b} ریال\`;`))).toHaveLength(1);
    expect(persianInCode(file('p4.ts', 'const a = /ی/;'))).toHaveLength(1);
    expect(persianInCode(file('p5.ts', "// سلام\nconst a = '\\u06cc';"))).toEqual([]);
  });

  test('on English', () => {
    expect(englishOnPage(file('e1.tsx', '<p>Find it</p>'))).toHaveLength(1);
    expect(englishOnPage(file('e2.tsx', '<p title="close" />'))).toHaveLength(1);
    expect(englishOnPage(file('e3.tsx', "const a = 'Find the case.';"))).toHaveLength(1);
    expect(englishOnPage(file('e4.tsx', "throw new Error('Find the case.');"))).toEqual([]);
    expect(englishOnPage(file('e9.tsx', '<kbd>Ctrl K</kbd>'))).toEqual([]);
    expect(englishOnPage(file('e5.tsx', '<p className="flex gap-2">{t("Page")}</p>'))).toEqual([]);
    expect(englishInTemplate(file('e6.ts', 'html`<h1>Find</h1>`'))).toHaveLength(1);
    expect(
      englishInTemplate(file('e7.ts', `html\`<a title="close" href="/x">\${a}</a>\``)),
    ).toHaveLength(1);
    expect(
      englishInTemplate(file('e8.ts', `html\`<a class="big" href="\${b}">\${a}</a>&nbsp;\``)),
    ).toEqual([]);
  });

  test.for([
    ['plain', []],
    ['{a} و {b}', ['a', 'b']],
    ['{n, plural, one {# case of {name}} other {# cases}}', ['n:plural', 'name']],
    ["a '{quoted}' brace {x}", ['x']],
  ] as const)('the arguments of «%s» are %j', ([message, names]) => {
    expect(argumentsOf(message)).toEqual(names);
  });

  test.for(['{a', 'a}', '{}'])('«%s» is no message', (message) => {
    expect(() => argumentsOf(message)).toThrow(Error);
  });
});
