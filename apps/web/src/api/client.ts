import { createClient, ProblemError } from '@fovea/client';

/** The dashboard's own path to the API; see forward.ts. */
export const API_PATH = '/api';

export const api = createClient(API_PATH);

/** Whether the API refused (rather than could not be reached), with this status if one is given. */
export const isProblem = (error: unknown, status?: number): error is ProblemError =>
  error instanceof ProblemError && (status === undefined || error.problem.status === status);

/** An address that the API gave, seen from the page: through the dashboard's own origin. */
export function throughDashboard(url: string): string {
  const { pathname, search } = new URL(url, 'http://api');
  return API_PATH + pathname + search;
}
