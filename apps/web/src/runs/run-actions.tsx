'use client';
import { unwrap, type Run } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, CopyPlus, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { api } from '../api/client.ts';
import { isActive } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

export function RunActions({ run }: { run: Run }) {
  const queries = useQueryClient();
  const params = { path: { id: run.id } };
  const settled = {
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
    onError: (error: Error) => toast.error(error.message),
  };
  const cancel = useMutation({
    mutationFn: async () => unwrap(await api.POST('/runs/{id}/cancellation', { params })),
    ...settled,
  });
  const retry = useMutation({
    mutationFn: async () => unwrap(await api.POST('/runs/{id}/retries', { params })),
    ...settled,
  });
  const cancelling = cancel.isPending || (run.cancelRequestedAt !== null && isActive(run.status));
  return (
    <>
      <CopyButton what="Link" text={() => `${location.origin}/runs/${run.id}`}>
        Copy link
      </CopyButton>
      <Button asChild>
        <Link href={`/runs/new?from=${run.id}`}>
          <CopyPlus aria-hidden />
          Duplicate with changes
        </Link>
      </Button>
      {(run.status === 'failed' || run.status === 'cancelled') && (
        <Button look="primary" onClick={() => retry.mutate()} disabled={retry.isPending}>
          <RotateCcw aria-hidden />
          Retry
        </Button>
      )}
      {isActive(run.status) && (
        <ConfirmDialog
          trigger={
            <Button look="danger" disabled={cancelling}>
              <Ban aria-hidden />
              {cancelling ? 'Cancelling …' : 'Cancel'}
            </Button>
          }
          title="Cancel this run?"
          confirm="Cancel the run"
          onConfirm={() => cancel.mutate()}
        >
          What it has stored so far is kept. A retry goes on from its last checkpoint.
        </ConfirmDialog>
      )}
    </>
  );
}
