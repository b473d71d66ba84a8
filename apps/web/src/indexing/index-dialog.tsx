'use client';
import { unwrap, type IndexSettings } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { readChoices, usualChoices, type Choices } from './choices.ts';
import { EstimatePanel } from './estimate-panel.tsx';
import { LayerChoice } from './layer-choice.tsx';
import { PartChoice } from './part-choice.tsx';
import { PictureChoice } from './picture-choice.tsx';

interface IndexDialogProps {
  model: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What to make of a model, with what it will take, told while one chooses. */
export function IndexDialog({ model, open, onOpenChange }: IndexDialogProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const [choices, setChoices] = useState(usualChoices);
  const read = readChoices(choices);
  const begin = useMutation({
    mutationFn: async (settings: IndexSettings) =>
      unwrap(await api.POST('/indexes', { body: { model, settings } })),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['indexes'] });
      router.push(`/indexes/${id}`);
    },
  });

  const change = (changes: Partial<Choices>) => setChoices((before) => ({ ...before, ...changes }));

  function submit(event: FormEvent) {
    event.preventDefault();
    if ('settings' in read) begin.mutate(read.settings);
  }

  return (
    <Dialog
      title={`Index ${model}`}
      open={open}
      onOpenChange={onOpenChange}
      className="w-[min(46rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="flex min-h-0 flex-col gap-5 overflow-y-auto p-4">
          <LayerChoice model={model} choices={choices} onChange={change} />
          <PartChoice choices={choices} onChange={change} />
          {choices.parts.includes('pictures') && <PictureChoice choices={choices} onChange={change} />}
          {begin.isError && (
            <Notice tone="error" title="The index did not begin">
              {begin.error.message}
            </Notice>
          )}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t p-4">
          <EstimatePanel model={model} read={read} />
          <Button type="submit" look="primary" disabled={!('settings' in read) || begin.isPending}>
            {begin.isPending ? 'Planning …' : 'Begin'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
