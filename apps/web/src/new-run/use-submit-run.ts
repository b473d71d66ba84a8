'use client';
import { unwrap, type ProblemError, type Run } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { UseFormReturn } from 'react-hook-form';
import { toast } from 'sonner';
import { api, isProblem } from '../api/client.ts';
import { fieldOf, problemMessage, toRequest, type RunFormValues } from './form-values.ts';

const CREATED = 201;

/** Queues the run and goes to its page; what the API refuses is said at the fields that it names. */
export function useSubmitRun(kind: string, parent: string | null, form: UseFormReturn<RunFormValues>) {
  const router = useRouter();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (values: RunFormValues) => queueRun(kind, parent, values),
    onSuccess: async ({ run, isNew }) => {
      if (!isNew)
        toast.info('The same run exists already: this is its result. Force a new one if you need it.');
      await queries.invalidateQueries({ queryKey: ['runs'] });
      router.push(`/runs/${run.id}`);
    },
    onError: (error) => {
      if (isProblem(error)) showAtFields(error, form);
    },
  });
}

async function queueRun(
  kind: string,
  parent: string | null,
  values: RunFormValues,
): Promise<{ run: Run; isNew: boolean }> {
  const { kind: _, ...changes } = toRequest(kind, values);
  const answer = parent
    ? await api.POST('/runs/{id}/duplicates', { params: { path: { id: parent } }, body: changes })
    : await api.POST('/runs', { body: toRequest(kind, values) });
  return { run: unwrap(answer), isNew: answer.response.status === CREATED };
}

function showAtFields({ problem }: ProblemError, form: UseFormReturn<RunFormValues>): void {
  for (const [index, error] of (problem.errors ?? []).entries()) {
    const path = fieldOf(error.pointer) as keyof RunFormValues;
    form.setError(path, { type: 'server', message: problemMessage(error) }, { shouldFocus: index === 0 });
  }
}
