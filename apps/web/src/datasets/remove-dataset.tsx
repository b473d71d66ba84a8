'use client';
import { unwrap, type Dataset } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { api } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

export function RemoveDataset({ dataset: { name, runCount } }: { dataset: Dataset }) {
  const router = useRouter();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () =>
      unwrap(await api.DELETE('/datasets/{dataset}', { params: { path: { dataset: name } } })),
    onSuccess: () => {
      router.push('/datasets');
      return queries.invalidateQueries({ queryKey: ['datasets'], refetchType: 'none' });
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      trigger={
        <Button
          look="danger"
          disabled={runCount > 0 || remove.isPending}
          title={runCount > 0 ? 'Runs have read it, and what they found would lose its images' : undefined}
        >
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      title={`Remove ${name}?`}
      confirm="Remove the dataset"
      onConfirm={() => remove.mutate()}
    >
      Its images are deleted from the server. Copies on other machines stay.
    </ConfirmDialog>
  );
}
