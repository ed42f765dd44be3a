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

/** The codes written out in `new Problem(…)`, whichever branch of the expression they are in. */
export function thrownCodes(file: SourceFile): { code: string; where: string }[] {
  const found: { code: string; where: string }[] = [];
  for (const node of nodesOf(file)) {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'Problem') continue;
    const first = node.arguments?.[0];
    for (const inner of first ? below(first) : []) {
      if (ts.isStringLiteral(inner) && code.test(inner.text)) {
        found.push({ code: inner.text, where: at(file, inner, inner.text) });
      }
    }
  }
  return found;
}
