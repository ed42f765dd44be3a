/** A problem document (RFC 9457), as the server sends it in the language of the request. */
export type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What to do next. */
  readonly next?: string;
  /** The id of the request, for whoever helps. */
  readonly instance?: string;
  readonly faults?: readonly FieldProblem[];
  /** What the sentence was made of, by name. */
  readonly details?: { readonly [name: string]: unknown };
};

/** One field's problem: where in the body (JSON pointer) and what, in words. */
export type FieldProblem = {
  readonly pointer: string;
  readonly code?: string;
  readonly title: string;
};

/** A request that was answered with a problem, or not answered at all (`status` 0). */
export class RequestFailed extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.code);
    this.name = 'RequestFailed';
    this.problem = problem;
  }
}

/** What a form finds wrong before anything is sent: at a field, or with what to do next. */
export function refusedHere(
  title: string,
  { field, next }: { readonly field?: string; readonly next?: string } = {},
): RequestFailed {
  return new RequestFailed({
    ...{ type: 'about:blank', status: 422, code: 'web.missing', title },
    ...(next === undefined ? {} : { next }),
    ...(field === undefined ? {} : { faults: [{ pointer: `/${field}`, title }] }),
  });
}

/** Codes of the two problems that the browser itself reports; the shell has words for them. */
export const noConnection = 'web.no_connection';
export const unexpectedAnswer = 'web.unexpected_answer';

/** Makes a problem document of any thrown value, so that a page can always say what happened. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof RequestFailed) return error.problem;
  const code = error instanceof TypeError ? noConnection : unexpectedAnswer;
  return { type: 'about:blank', title: '', status: 0, code };
}

/** Whether a body is a problem document. */
export function isProblemDocument(body: unknown): body is ProblemDocument {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    'status' in body &&
    'title' in body
  );
}
