/** Whatever goes wrong in a request, as a problem that says what would be right and nothing about our insides. */
import { STATUS_CODES } from 'node:http';
import { DatasetError } from '@fovea/data';
import { isPlatformError } from '@fovea/platform';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { statusOfDatasetError } from './dataset-problem.ts';
import type { Problem, ProblemItem } from './problem-schema.ts';
import { platformItems } from './platform-items.ts';
import { validationItems } from './validation-items.ts';

/** Thrown by a route; everything in it is shown to the caller. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly ProblemItem[] | undefined;

  constructor(status: number, code: string, detail: string, errors?: readonly ProblemItem[]) {
    super(detail);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

type Answer = Pick<Problem, 'status' | 'code' | 'detail'> & { errors?: readonly ProblemItem[] };

export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, {
      status: 404,
      code: 'ROUTE_NOT_FOUND',
      detail: `There is no ${request.method} ${pathOf(request)}; /openapi.json lists what there is`,
    }),
  );
}

/** Also for plugins that bring an error handler of their own. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = answerTo(error, request);
  if (answer.status >= 500) request.log.error({ err: error }, 'Request failed');
  return sendProblem(request, reply, answer);
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const title = STATUS_CODES[answer.status] ?? 'Error';
  const problem = { type: 'about:blank', title, ...answer, instance: `urn:fovea:request:${request.id}` };
  // As text: a route's own serializer must not stand between a caller and an error.
  return reply
    .code(answer.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem satisfies Omit<Problem, 'errors'>);
}

function answerTo(error: FastifyError, request: FastifyRequest): Answer {
  if (error instanceof RequestError)
    return { status: error.status, code: error.code, detail: error.message, errors: error.errors };
  if (isPlatformError(error) && error.status !== 500)
    return { status: error.status, code: error.code, detail: error.message, errors: platformItems(error) };
  if (error instanceof DatasetError)
    return { status: statusOfDatasetError(error), code: error.code, detail: error.message };
  if (error.validation) return invalidRequest(error, request);
  return fastifyAnswers[error.code]?.(request, error) ?? byStatus(error);
}

function invalidRequest(error: FastifyError, request: FastifyRequest): Answer {
  const errors = validationItems(error, request);
  const detail = errors.map((item) => `${item.pointer || 'the ' + item.in}: ${item.detail}`).join('; ');
  return { status: 400, code: 'REQUEST_INVALID', detail: detail || error.message, errors };
}

const fastifyAnswers: Record<string, (request: FastifyRequest, error: FastifyError) => Answer> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (request) => ({
    status: 413,
    code: 'BODY_TOO_LARGE',
    detail: `The body is larger than the ${request.routeOptions.bodyLimit} bytes that this route takes`,
  }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (request) => ({
    status: 415,
    code: 'MEDIA_TYPE_UNSUPPORTED',
    detail: `This route does not take ${request.headers['content-type'] ?? 'a body without content-type'}; send application/json, or what /openapi.json names for it`,
  }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformed('The body is empty though its content-type says JSON'),
  FST_ERR_CTP_INVALID_JSON_BODY: (_request, error) => malformed(error.message),
};

const malformed = (detail: string): Answer => ({ status: 400, code: 'BODY_MALFORMED', detail });

/** Errors that fastify and its plugins throw on purpose may be shown; others stay in the log. */
function byStatus(error: FastifyError): Answer {
  const status = error.statusCode ?? 500;
  if (status < 500) {
    return { status, code: codeOfStatus(status), detail: error.message };
  }
  if (status === 503)
    return { status, code: 'UNAVAILABLE', detail: 'Not available now: try again in a moment' };
  return {
    status: 500,
    code: 'INTERNAL',
    detail: 'Something broke on our side; the log of the server has it under the id in `instance`',
  };
}

const codeOfStatus = (status: number) =>
  (STATUS_CODES[status] ?? 'ERROR').toUpperCase().replaceAll(/[^A-Z]+/g, '_');

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0];
