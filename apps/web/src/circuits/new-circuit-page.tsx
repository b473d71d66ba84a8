'use client';
import { unwrap, type FoundCircuit } from '@fovea/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsArrayOf, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { toast } from 'sonner';
import { api } from '../api/client.ts';
import { modelsQuery } from '../api/queries.ts';
import { parseUnit } from '../models/unit.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { emptyCircuit, withFound, type Circuit } from './circuit.ts';
import { CircuitEditor } from './circuit-editor.tsx';
import { CircuitForm, type CircuitWords } from './circuit-form.tsx';
import type { Drawing } from './drawing.ts';
import { ExportMenu } from './export-menu.tsx';
import { ImportButton } from './import-button.tsx';
import { findCircuitQuery } from './queries.ts';

const parsers = {
  model: parseAsString.withDefault(''),
  unit: parseAsArrayOf(parseAsString).withDefault([]),
  neighbours: parseAsInteger.withDefault(2),
};

/** A circuit that begins with the units that the address names. */
export function NewCircuitPage() {
  const [{ model, unit, neighbours }, setParams] = useQueryStates(parsers);
  const units = unit.flatMap((text) => parseUnit(text) ?? []);
  const found = useQuery({
    ...findCircuitQuery(model, units, neighbours),
    enabled: model !== '' && units.length > 0,
  });
  const [imported, setImported] = useState<{ circuit: Circuit; words: CircuitWords }>();
  const isReady = units.length === 0 || found.data !== undefined || imported !== undefined;
  return (
    <>
      {!(model && isReady) && (
        <PageHeading
          title="New circuit"
          summary="Choose units, and see the weights among them and their strongest neighbours."
          actions={
            <>
              <ModelChoice model={model} onChoose={(name) => void setParams({ model: name, unit: null })} />
              <ImportButton
                onImport={(file, circuit) => {
                  setImported({ circuit, words: file });
                  void setParams({ model: file.model, unit: null });
                }}
              />
            </>
          }
        />
      )}
      {model === '' && <EmptyState icon={Waypoints} title="Choose a model to begin with" />}
      {found.isError && <QueryError what="this circuit" error={found.error} onRetry={found.refetch} />}
      {model !== '' && !isReady && !found.isError && <Skeleton className="h-[60vh] rounded-lg" />}
      {model !== '' && isReady && (
        <UnsavedCircuit
          key={`${model} ${imported ? 'imported' : ''}`}
          model={model}
          start={imported?.circuit ?? (found.data ? withFound(emptyCircuit, found.data) : emptyCircuit)}
          words={imported?.words ?? { title: '', text: '' }}
          unknown={found.data?.unknown ?? []}
        />
      )}
    </>
  );
}

function ModelChoice({ model, onChoose }: { model: string; onChoose: (name: string) => void }) {
  const models = useQuery(modelsQuery);
  return (
    <Select
      aria-label="Model"
      className="w-56"
      value={model}
      onChange={onChoose}
      options={(models.data ?? []).map(({ name }) => ({ value: name, label: name }))}
    />
  );
}

interface UnsavedCircuitProps {
  model: string;
  start: Circuit;
  words: CircuitWords;
  unknown: FoundCircuit['unknown'];
}

function UnsavedCircuit({ model, start, words: startWords, unknown: startUnknown }: UnsavedCircuitProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const [circuit, setCircuit] = useState(start);
  const [words, setWords] = useState(startWords);
  const [unknown, setUnknown] = useState(startUnknown);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const save = useMutation({
    mutationFn: async () =>
      unwrap(await api.POST('/circuits', { body: { model, ...trimmed(words), graph: circuit.graph } })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['circuits', 'list'] });
      router.push(`/circuits/${id}`);
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <>
      <PageHeading
        title={words.title.trim() || 'New circuit'}
        summary={
          <>
            Among units of <span className="font-mono">{model}</span>
          </>
        }
        actions={<ExportMenu file={{ model, ...words, graph: circuit.graph }} drawing={drawing} />}
      />
      <CircuitEditor
        model={model}
        circuit={circuit}
        onChange={setCircuit}
        onDraw={setDrawing}
        unknown={unknown}
        onUnknown={setUnknown}
      >
        <CircuitForm
          {...words}
          onChange={setWords}
          onSave={() => save.mutate()}
          isSaving={save.isPending}
          canSave={circuit.graph.units.length > 0}
        />
      </CircuitEditor>
    </>
  );
}

const trimmed = ({ title, text }: CircuitWords): CircuitWords => ({ title: title.trim(), text });
