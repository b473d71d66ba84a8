/** Errors as RFC 9457 problem details. */
import { z } from 'zod';

export const problemErrorSchema = z.object({
  in: z.enum(['body', 'query', 'path', 'headers']).describe('Part of the request that holds the value'),
  pointer: z.string().describe('JSON pointer to the value within that part, such as /input/steps'),
  detail: z.string().describe('What is wrong with it and what would be right'),
  suggestions: z.array(z.string()).optional().describe('Nearest valid values, best first'),
});

export const problemSchema = z
  .object({
    type: z
      .string()
      .describe('URI reference of the kind of problem: about:blank where title and code say it all'),
    title: z.string().describe('The kind of problem in a few words'),
    status: z.int().describe('The HTTP status'),
    detail: z.string().describe('What happened this time, and what would be right'),
    code: z.string().describe('Stable identifier for programs, such as INPUT_INVALID'),
    instance: z.string().describe('The request, by the identifier that the log of the server gives it'),
    errors: z.array(problemErrorSchema).optional().describe('One entry for each wrong value'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export type Problem = z.infer<typeof problemSchema>;
export type ProblemItem = z.infer<typeof problemErrorSchema>;
