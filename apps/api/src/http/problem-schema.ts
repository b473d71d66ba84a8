/** Errors as RFC 9457 problem details. */
import { z } from 'zod';

export const problemErrorSchema = z.object({
  pointer: z
    .string()
    .describe('JSON pointer to the offending value: /body/input/steps, /query/limit, /path/name'),
  detail: z.string().describe('What is wrong with it and what would be right'),
  suggestions: z.array(z.string()).optional().describe('Nearest valid values, best first'),
});

export const problemSchema = z
  .object({
    type: z.string().describe('URI reference that identifies the kind of problem'),
    title: z.string().describe('The kind of problem in a few words'),
    status: z.int(),
    detail: z.string().describe('What happened this time, and what would be right'),
    code: z.string().describe('Stable identifier for programs, such as unknown_layer'),
    instance: z.string().optional().describe('Identifier of the request, as in the log of the server'),
    errors: z.array(problemErrorSchema).optional().describe('One entry for each offending value'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export type Problem = z.infer<typeof problemSchema>;
export type ProblemDetail = z.infer<typeof problemErrorSchema>;
