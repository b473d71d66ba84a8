/** A typed client of the API; its types are generated from the committed OpenAPI document. */
import createFetchClient, { type Client as FetchClient, type ClientOptions } from 'openapi-fetch';
import type { paths, Problem } from './generated/openapi.ts';

export type Client = FetchClient<paths>;

/** `const { data, error } = await createClient(url).GET('/runs/{id}', { params: { path: { id } } })`. */
export function createClient(baseUrl: string, options: Omit<ClientOptions, 'baseUrl'> = {}): Client {
  return createFetchClient<paths>({ ...options, baseUrl });
}

/** An answer of the API that is not a success. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The data of an answer, or throws the problem that it holds instead. */
export function unwrap<Data>(answer: { data?: Data; error?: unknown; response: Response }): Data {
  if (answer.response.ok) return answer.data as Data;
  throw new ProblemError(asProblem(answer.error, answer.response));
}

/** Proxies and dead servers answer with anything; what is not a problem becomes one. */
export function asProblem(body: unknown, response: Response): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) return body as Problem;
  return {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail: `${response.url} answered ${response.status} without saying why`,
    code: 'UNEXPECTED_ANSWER',
    instance: response.url,
  };
}
