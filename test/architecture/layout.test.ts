import { describe, expect, test } from 'vitest';
import {
  emptyNames,
  impureCalls,
  isStyled,
  longFiles,
  longFunctions,
  misnamedFiles,
  physicalClasses,
  physicalStyles,
} from './layout.ts';
import { codeFiles, isTest, type SourceFile } from './source-files.ts';

const typescript = codeFiles(/\.tsx?$/);
const styles = codeFiles(/\.css$/);

test('a file has 300 lines at most', () => {
  expect(longFiles([...typescript, ...styles])).toEqual([]);
});

test('a function has 40 lines at most, a handler 15', () => {
  expect(typescript.flatMap(longFunctions)).toEqual([]);
});

test('files are kebab-case, components PascalCase', () => {
  expect(misnamedFiles([...typescript, ...styles])).toEqual([]);
});

test('no file and no exported name has a word that says nothing', () => {
  expect([...typescript, ...styles].flatMap(emptyNames)).toEqual([]);
});

test('kit and rules ask no clock, no die and no network', () => {
  const pure = typescript.filter(
    ({ path }) => !isTest(path) && (path.startsWith('src/kit/') || path.endsWith('/rules.ts')),
  );
  expect(pure.length).toBeGreaterThan(10);
  expect(pure.flatMap(impureCalls)).toEqual([]);
});

test('no page knows left from right', () => {
  expect(styles.flatMap(physicalStyles)).toEqual([]);
  expect(typescript.filter(isStyled).flatMap(physicalClasses)).toEqual([]);
});

describe('the rules bite', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });
  const lines = (count: number) => '  step();\n'.repeat(count);

  test('on length', () => {
    expect(longFiles([file('a.ts', lines(300))])).toEqual([]);
    expect(longFiles([file('b.ts', lines(301))])).toEqual(['b.ts has 301 lines, 300 at most']);
    expect(longFunctions(file('c.ts', `function fine() {\n${lines(38)}}`))).toEqual([]);
    expect(longFunctions(file('d.ts', `\nfunction long() {\n${lines(39)}}`))).toEqual([
      'd.ts:2 long has 41 lines, 40 at most',
    ]);
    expect(longFunctions(file('e.ts', `x({ handle: () => {\n${lines(14)}} })`))).toHaveLength(1);
    expect(longFunctions(file('f.ts', `describe('x', () => {\n${lines(50)}})`))).toEqual([]);
  });

  test('on names', () => {
    expect(misnamedFiles([file('src/web/useKeys.ts', '')])).toHaveLength(1);
    expect(
      misnamedFiles([file('src/web/Button.tsx', 'export function useKnob() {}')]),
    ).toHaveLength(1);
    expect(misnamedFiles([file('src/web/Button.tsx', 'export const Button = 1;')])).toEqual([]);
    expect(misnamedFiles([file('src/platform/embedded-postgres.long.test.ts', '')])).toEqual([]);
    expect(emptyNames(file('src/kit/date-utils.ts', ''))).toHaveLength(1);
    expect(emptyNames(file('src/kit/a.ts', 'export class CaseManager {}'))).toHaveLength(1);
    expect(emptyNames(file('src/platform/database.ts', 'export const database = 1;'))).toEqual([]);
  });

  test('on clocks', () => {
    expect(impureCalls(file('g.ts', 'const a = Date.now() + +new Date();'))).toHaveLength(2);
    expect(impureCalls(file('h.ts', 'const b = new Date(0);'))).toEqual([]);
  });

  test.for([
    '.a { margin-left: 1px; }',
    '.a{left:0}',
    '.a { text-align: right; }',
    '.a { border-top-left-radius: 1px; }',
  ])('on the style %s', (text) => {
    expect(physicalStyles(file('x.css', text))).toHaveLength(1);
  });

  test.for(['ml-2', 'hover:pr-4', 'flex -left-1', 'text-left', 'rounded-tl-md', 'border-l'])(
    'on the class %s',
    (text) => {
      expect(physicalClasses(file(`${text}.tsx`, `<p className="${text}" />`))).toHaveLength(1);
    },
  );

  test('and not on logical ones', () => {
    expect(physicalStyles(file('y.css', '.a { margin-inline-start: 1px; inset: 0 }'))).toEqual([]);
    const logical =
      '<p className="ms-2 pe-4 start-0 text-start" style={{ insetInlineStart: 0 }} />';
    expect(physicalClasses(file('logical.tsx', logical))).toEqual([]);
    expect(physicalClasses(file('inline.tsx', '<p style={{ marginLeft: 1 }} />'))).toHaveLength(1);
  });
});
