'use client';
import { unwrap, type Circuit as SavedCircuit } from '@fovea/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, SearchX, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { MarkdownText } from '../annotations/markdown.tsx';
import { api, isProblem } from '../api/client.ts';
import { formatMoment } from '../format/time.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { circuitOf } from './circuit.ts';
import { CircuitEditor } from './circuit-editor.tsx';
import { CircuitForm } from './circuit-form.tsx';
import type { Drawing } from './drawing.ts';
import { ExportMenu } from './export-menu.tsx';
import { circuitQuery } from './queries.ts';

export function CircuitPage({ id }: { id: string }) {
  const circuit = useQuery(circuitQuery(id));
  if (circuit.data) return <LoadedCircuit key={circuit.data.updatedAt} saved={circuit.data} />;
  if (circuit.isPending) return <Skeleton className="h-[70vh] rounded-lg" />;
  if (isProblem(circuit.error, 404) || isProblem(circuit.error, 400)) return <NoSuchCircuit />;
  return <QueryError what="this circuit" error={circuit.error} onRetry={circuit.refetch} />;
}

function LoadedCircuit({ saved }: { saved: SavedCircuit }) {
  const { id, model, updatedAt } = saved;
  const queries = useQueryClient();
  const [circuit, setCircuit] = useState(() => circuitOf(saved.graph, saved.found));
  const [words, setWords] = useState({ title: saved.title, text: saved.text });
  const [unknown, setUnknown] = useState<{ from: string; to: string }[]>([]);
  const [isEditing, setEditing] = useState(false);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const isChanged = circuit.graph !== saved.graph || words.title !== saved.title || words.text !== saved.text;
  const save = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.PUT('/circuits/{id}', {
          params: { path: { id } },
          body: { ...words, title: words.title.trim(), graph: circuit.graph, updatedAt },
        }),
      ),
    onSuccess: async (next) => {
      toast.success('Saved');
      queries.setQueryData(circuitQuery(id).queryKey, next);
      await queries.invalidateQueries({ queryKey: ['circuits', 'list'] });
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <>
      <title>{`${saved.title} · Fovea`}</title>
      <PageHeading
        title={words.title.trim() || saved.title}
        summary={
          <>
            Among units of{' '}
            <Link href={`/models/${encodeURIComponent(model)}`} className="font-mono hover:underline">
              {model}
            </Link>
            , by {saved.createdBy.name}, {formatMoment(updatedAt)}
          </>
        }
        actions={
          <>
            <CopyButton what="Link" text={() => `${location.origin}/circuits/${id}`}>
              Copy link
            </CopyButton>
            <ExportMenu file={{ model, ...words, graph: circuit.graph }} drawing={drawing} />
            <Button onClick={() => setEditing(!isEditing)} aria-pressed={isEditing}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <DeleteButton id={id} title={saved.title} />
          </>
        }
      />
      <CircuitEditor
        model={model}
        circuit={circuit}
        onChange={setCircuit}
        onDraw={setDrawing}
        unknown={unknown}
        onUnknown={setUnknown}
      >
        {isEditing || isChanged ? (
          <CircuitForm
            {...words}
            onChange={setWords}
            onSave={() => save.mutate()}
            isSaving={save.isPending}
            canSave={isChanged}
          />
        ) : (
          saved.text !== '' && (
            <Panel title="About">
              <MarkdownText>{saved.text}</MarkdownText>
            </Panel>
          )
        )}
      </CircuitEditor>
    </>
  );
}

function DeleteButton({ id, title }: { id: string; title: string }) {
  const router = useRouter();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => unwrap(await api.DELETE('/circuits/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['circuits', 'list'] });
      router.push('/circuits');
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      trigger={
        <Button look="danger" disabled={remove.isPending}>
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
      title={`Delete “${title}”?`}
      confirm="Delete it"
      onConfirm={() => remove.mutate()}
    >
      Whoever has its link will no longer find it. Export it as JSON first to keep a copy.
    </ConfirmDialog>
  );
}

function NoSuchCircuit() {
  return (
    <>
      <h1 className="sr-only">No such circuit</h1>
      <EmptyState
        icon={SearchX}
        title="There is no such circuit"
        action={
          <Button asChild>
            <Link href="/circuits">All circuits</Link>
          </Button>
        }
      >
        It may have been deleted.
      </EmptyState>
    </>
  );
}
