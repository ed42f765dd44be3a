import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** Something found in a file, as a test's failure names it: `src/permits/rules.ts:12 what`. */
export function at(file: SourceFile, node: ts.Node, what: string): string {
  const tree = node.getSourceFile();
  return `${file.path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1} ${what}`;
}

const trees = new Map<string, ts.SourceFile>();

/** The syntax tree of a TypeScript file; parsed once per run. */
function parse(file: SourceFile): ts.SourceFile {
  const known = trees.get(file.path);
  if (known?.text === file.text) return known;
  const kind = file.path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
  trees.set(file.path, tree);
  return tree;
}

/** Every node of a file, outer ones first. */
export function* nodesOf(file: SourceFile): Generator<ts.Node> {
  yield* below(parse(file));
}

/** A node and everything in it. */
export function* below(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* below(child);
}

/** How many lines a node covers, from its first token to its last. */
export function lineCount(node: ts.Node): number {
  const tree = node.getSourceFile();
  const line = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  return line(node.getEnd()) - line(node.getStart(tree)) + 1;
}

/** What a function is called where people read it: its own name, or what it is assigned to. */
export function functionName(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (node.parent as { name?: ts.Node }).name;
  return named ? named.getText() : 'a function without a name';
}

/** The written pieces of a string, template or JSX text; undefined for any other node. */
export function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.map((span) => span.literal)]
      .map((piece) => piece.text)
      .join('…');
  }
  return ts.isJsxText(node) ? node.text.trim() : undefined;
}

/** Names that a file exports by declaring them: functions, types, constants, classes. */
export function exportedNames(file: SourceFile): { name: string; node: ts.Node }[] {
  return parse(file).statements.flatMap((statement) => {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) return [];
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations
      : [statement as ts.Statement & { name?: ts.Node }];
    return declared.flatMap((node) => (node.name ? [{ name: node.name.getText(), node }] : []));
  });
}
