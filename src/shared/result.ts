/** A value or a typed error. Errors of data and geometry travel as values; exceptions are bugs. */
export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * The one error of the product: what happened (`message`, one sentence that names the file or the thing), what to do
 * (`hint`), and details for a report (`detail`). `code` is stable and lower-case with dashes, for tests and the CLI.
 */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly detail?: string;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Carries a Problem through code that must throw (streams, third-party callbacks); caught at the job's border. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The value, or a thrown ProblemError. For callers whose own border turns it into an error again. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.error);
}
