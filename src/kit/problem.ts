/**
 * One kind of error for everything that a person can cause or must be told about. The code is stable
 * and public (RFC 9457 extension member `code`); its words live in the slice's `fa.ts` and `en.ts`
 * under `problems`, its HTTP status in the slice's `problems` table.
 */
export type ProblemDetails = Readonly<Record<string, string | number | boolean | null>>;

/** A fault at one place of the input: a JSON pointer (`/person/nationalId`) and what is wrong there. */
export type FieldFault = { readonly pointer: string; readonly code: string };

/** Thrown by rules, actions and queries; the endpoint turns it into a problem document. */
export class Problem extends Error {
  readonly code: string;
  readonly details: ProblemDetails;
  readonly faults: readonly FieldFault[];

  constructor(code: string, details: ProblemDetails = {}, faults: readonly FieldFault[] = []) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.details = details;
    this.faults = faults;
  }
}

/** Problem codes of one slice with their HTTP statuses. */
export type ProblemTable = Readonly<Record<string, number>>;

/** Whether an unknown thrown value is a {@link Problem}, optionally with one certain code. */
export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}
