'use client';
import { unwrap, type Index } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Pause, Play } from 'lucide-react';
import { toast } from 'sonner';
import { api } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

const addresses = {
  pause: '/indexes/{id}/pause',
  resumption: '/indexes/{id}/resumption',
  cancellation: '/indexes/{id}/cancellation',
} as const;

export function IndexActions({ index: { id, status } }: { index: Index }) {
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async (action: keyof typeof addresses) =>
      unwrap(await api.POST(addresses[action], { params: { path: { id } } })),
    onSuccess: (index) => queries.setQueryData(['indexes', 'one', id], index),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['indexes'] }),
  });
  if (status === 'finished' || status === 'cancelled') return null;
  return (
    <>
      {status === 'running' ? (
        <Button onClick={() => act.mutate('pause')} disabled={act.isPending}>
          <Pause aria-hidden />
          Pause
        </Button>
      ) : (
        <Button look="primary" onClick={() => act.mutate('resumption')} disabled={act.isPending}>
          <Play aria-hidden />
          Resume
        </Button>
      )}
      <ConfirmDialog
        trigger={
          <Button look="danger" disabled={act.isPending}>
            <Ban aria-hidden />
            Cancel
          </Button>
        }
        title="Cancel this index?"
        confirm="Cancel the index"
        onConfirm={() => act.mutate('cancellation')}
      >
        What it has made so far is kept, and another index of this model goes on from there.
      </ConfirmDialog>
    </>
  );
}
