import ts from 'typescript';
import { isWeb, type SourceFile } from './source-files.ts';
import { at, exportedNames, functionName, lineCount, literalText, nodesOf } from './syntax.ts';

const longestFile = 300;
const longestFunction = 40;
const longestHandler = 15;

/** Files that are too long to read at one sitting. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > longestFile ? [`${path} has ${lines} lines, ${longestFile} at most`] : [];
  });
}

/** A group of tests is a list, not a function that anyone follows from its beginning to its end. */
function isTestGroup(node: ts.Node): boolean {
  const call = node.parent;
  return ts.isCallExpression(call) && /^describe\b/.test(call.expression.getText());
}

/** Functions that are too long, and handlers of endpoints, which may be less. */
export function longFunctions(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    if (!ts.isFunctionLike(node) || !('body' in node) || isTestGroup(node)) continue;
    const name = functionName(node);
    const most = name === 'handle' ? longestHandler : longestFunction;
    const lines = lineCount(node);
    if (lines > most) found.push(at(file, node, `${name} has ${lines} lines, ${most} at most`));
  }
  return found;
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;

/** Files are kebab-case; one that shows components is PascalCase, as they are. */
export function misnamedFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const stem = name.replace(/(\.long)?(\.test|\.types|\.d|\.config)?\.\w+$/, '');
    if (kebab.test(stem)) return [];
    if (!name.endsWith('.tsx') || !pascal.test(stem)) return [`${file.path} is not kebab-case`];
    const shows = exportedNames(file).some((exported) => pascal.test(exported.name));
    return shows ? [] : [`${file.path} exports no component`];
  });
}

const saysNothing = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'service',
  'base',
]);

/** `caseManager` → case, manager; `case-utils` → case, utils. */
function wordsIn(name: string): string[] {
  return name.split(/[-_.]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
}

/** Files, folders and exported names with a word that says nothing. */
export function emptyNames(file: SourceFile): string[] {
  const parts = file.path
    .split('/')
    .filter((part) => wordsIn(part).some((word) => saysNothing.has(word)));
  const names = exportedNames(file)
    .filter(({ name }) => wordsIn(name).some((word) => saysNothing.has(word)))
    .map(({ name, node }) => at(file, node, `exports ${name}`));
  return [...parts.map((part) => `${file.path} is called ${part}`), ...names];
}

/** What only a clock, a die or the world answers; pure code gets it as an argument. */
const impure = /^(?:Date\.now|Math\.random|performance\.now|fetch|process\.\w+|console\.\w+)$/;

/** Calls in a pure file whose answer depends on when or where they are made. */
export function impureCalls(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    if (ts.isCallExpression(node) && impure.test(node.expression.getText())) {
      found.push(at(file, node, node.expression.getText()));
    }
    if (ts.isNewExpression(node) && node.getText() === 'new Date()') {
      found.push(at(file, node, 'new Date()'));
    }
  }
  return found;
}

const physicalCss = new RegExp(
  [
    '\\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\\b',
    '\\bborder-(?:top|bottom)-(?:left|right)-radius\\b',
    '(?:text-align|float|clear)\\s*:\\s*(?:left|right)\\b',
    '(?:^|[;{\\s])(?:left|right)\\s*:',
  ].join('|'),
);

/** Left and right in a style sheet: a page is read from either side. */
export function physicalStyles({ path, text }: SourceFile): string[] {
  const bare = text.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return bare.split('\n').flatMap((line, index) => {
    const found = physicalCss.exec(line);
    return found ? [`${path}:${index + 1} ${found[0].trim()}`] : [];
  });
}

const physicalUtility =
  /(?:^|[\s:!])-?(?:m[lr]|p[lr]|scroll-[mp][lr]|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr]))-[\w[]|(?:^|[\s:!])(?:border-[lr]|rounded-[lr]|text-left|text-right|float-left|float-right)(?=$|\s)/;
const physicalProperty =
  /^(?:(?:margin|padding|border|scrollMargin|scrollPadding)(?:Left|Right)\w*|left|right)$/;

/** The same in the classes and the inline styles of a page. */
export function physicalClasses(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    const text = literalText(node);
    const utility = text === undefined ? null : physicalUtility.exec(text);
    if (utility) found.push(at(file, node, utility[0].trim()));
    if (!ts.isJsxAttribute(node) || node.name.getText() !== 'style') continue;
    const styles = node.initializer?.getText().matchAll(/(\w+)\s*:/g) ?? [];
    for (const [, property = ''] of styles) {
      if (physicalProperty.test(property)) found.push(at(file, node, property));
    }
  }
  return found;
}

/** Whether a file's styles are those of a page. */
export function isStyled({ path }: SourceFile): boolean {
  return isWeb(path) && /\.tsx?$/.test(path);
}
