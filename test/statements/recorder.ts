import { DefaultQueryExecutor } from 'kysely';

/** A statement as it was first sent, and the file of ours that asked for it. */
export type Sent = { readonly parameters: readonly unknown[]; readonly from: string };

/** Every text that was sent through a transaction in this process since this file was first imported. */
export const sent = new Map<string, Sent>();

type Execute = typeof DefaultQueryExecutor.prototype.executeQuery;
const execute = Reflect.get(DefaultQueryExecutor.prototype, 'executeQuery') as Execute;
const recording: Execute = function (this: DefaultQueryExecutor, query) {
  if (!sent.has(query.sql)) {
    sent.set(query.sql, { parameters: query.parameters, from: senderOf(new Error().stack ?? '') });
  }
  return execute.call(this, query);
} as Execute;
Reflect.set(DefaultQueryExecutor.prototype, 'executeQuery', recording);

/** The nearest file of ours that asked for a statement, past those that only carry it. */
function senderOf(stack: string): string {
  const files = [...stack.matchAll(/\/((?:src|test|demo|bench|scripts)\/[^:?)\s]+\.tsx?)/g)];
  const carriers = /^(?:test\/statements\/recorder|src\/platform\/(?:transaction|database))\.ts$/;
  return files.map(([, file = '']) => file).find((file) => !carriers.test(file)) ?? '';
}

/** What the product sent, without what the tests themselves did. */
export function sentByProduct(): [text: string, sent: Sent][] {
  return [...sent].filter(([, { from }]) => /^src\/(?!.*\.test\.ts$)/.test(from));
}
