'use client';
import { unwrap, type FoundCircuit } from '@fovea/client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { api } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Before what nobody waits for. */
const PRIORITY = 50;

interface UnknownWeightsProps {
  model: string;
  between: FoundCircuit['unknown'][number];
}

/** Says that no weights are known between two layers, and queues the run that reads them. */
export function UnknownWeights({ model, between: { from, to } }: UnknownWeightsProps) {
  const queue = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.POST('/runs', {
          body: {
            kind: 'unit-weights',
            input: { model, layer: to, others: [from] },
            priority: PRIORITY,
            force: false,
          },
        }),
      ),
  });
  return (
    <Notice
      tone={queue.isError ? 'error' : 'info'}
      title={`The weights from ${from} to ${to} have not been read yet`}
      actions={
        queue.data ? (
          <Button asChild size="small">
            <Link href={`/runs/${queue.data.id}`}>Its run</Link>
          </Button>
        ) : (
          <Button size="small" disabled={queue.isPending} onClick={() => queue.mutate()}>
            Read them
          </Button>
        )
      }
    >
      {queue.isError && queue.error.message}
      {queue.data && 'Queued: add a unit again when the run has ended.'}
    </Notice>
  );
}
