'use client';
import { unwrap } from '@fovea/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListPlus } from 'lucide-react';
import Link from 'next/link';
import { useEffect, type ReactNode } from 'react';
import { toast } from 'sonner';
import { api } from '../api/client.ts';
import { isActive, runQuery } from '../api/queries.ts';
import { kindTitle } from '../experiments/kinds.ts';
import { StatusBadge } from '../runs/status.tsx';
import { Button } from '../ui/button.tsx';

export interface Wanted {
  kind: string;
  input: Record<string, unknown>;
}

interface MissingEvidenceProps {
  /** What is not there, as a sentence. */
  children: ReactNode;
  wanted: Wanted;
}

/** Ahead of what nobody is looking at. */
const PRIORITY = 50;

/** Says what is missing, and queues the run that finds it out. The page is read anew when that has ended. */
export function MissingEvidence({ children, wanted }: MissingEvidenceProps) {
  const queue = useMutation({
    mutationFn: async () =>
      unwrap(await api.POST('/runs', { body: { ...wanted, priority: PRIORITY, seed: 0, force: false } })),
    onError: (error) => toast.error(error.message),
  });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-dashed border-line-strong/60 p-4">
      <p className="max-w-prose text-muted">{children}</p>
      {queue.data ? (
        <QueuedRun id={queue.data.id} />
      ) : (
        <div className="flex gap-2">
          <Button onClick={() => queue.mutate()} disabled={queue.isPending}>
            <ListPlus aria-hidden />
            Queue “{kindTitle(wanted.kind)}”
          </Button>
        </div>
      )}
    </div>
  );
}

function QueuedRun({ id }: { id: string }) {
  const queries = useQueryClient();
  const { data: run } = useQuery(runQuery(id));
  const hasEnded = run !== undefined && !isActive(run.status);
  useEffect(() => {
    if (hasEnded) void queries.invalidateQueries({ queryKey: ['units'] });
  }, [queries, hasEnded]);
  return (
    <Link href={`/runs/${id}`} className="flex items-center gap-2 underline">
      {run && <StatusBadge status={run.status} />}
      The run
    </Link>
  );
}
