/** What the API answers when it refuses (RFC 9457). */
export interface Problem {
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: readonly FieldProblem[];
}

/** One wrong field of the input; `path` as JSON names it, such as `input.steps`. */
export interface FieldProblem {
  path: string;
  message: string;
}

/** A refused request as an Error, so that queries and mutations reject with it. */
export class ProblemError extends Error implements Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code?: string;
  readonly errors: readonly FieldProblem[];

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.title = problem.title;
    this.status = problem.status;
    this.detail = problem.detail;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
  }
}

export const isProblem = (error: unknown): error is ProblemError => error instanceof ProblemError;
