import ts from 'typescript';
import type { SourceFile } from './source-files.ts';
import { at, below, nodesOf } from './syntax.ts';

type Responses = Record<string, { content?: Record<string, { schema?: unknown }> }>;

/** The problem codes of an OpenAPI operation with the statuses they come under. */
export function problemCodes(responses: Responses): { code: string; status: number }[] {
  return Object.entries(responses).flatMap(([status, { content = {} }]) => {
    const schema = content['application/problem+json']?.schema as
      | { properties?: { code?: { enum?: string[] } } }
      | undefined;
    return (schema?.properties?.code?.enum ?? []).map((code) => ({ code, status: Number(status) }));
  });
}

const code = /^[a-z]+\.[a-z_]+$/;

/** One `new Problem(…)`: a code written out in it, and the details that it gives; undefined = not written out. */
export type Thrown = {
  readonly where: string;
  readonly code: string;
  readonly details: readonly string[] | undefined;
};

/** The problems that a file throws, with each code that may be meant. */
export function thrownProblems(file: SourceFile): Thrown[] {
  const found: Thrown[] = [];
  for (const node of nodesOf(file)) {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'Problem') continue;
    const [first, second] = node.arguments ?? [];
    for (const inner of first ? below(first) : []) {
      if (ts.isStringLiteral(inner) && code.test(inner.text)) {
        found.push({
          where: at(file, inner, inner.text),
          code: inner.text,
          details: namesOf(second),
        });
      }
    }
  }
  return found;
}

function namesOf(details: ts.Expression | undefined): string[] | undefined {
  if (details === undefined) return [];
  if (!ts.isObjectLiteralExpression(details)) return undefined;
  if (details.properties.some(ts.isSpreadAssignment)) return undefined;
  return details.properties.map(({ name }) => name?.getText() ?? '');
}
