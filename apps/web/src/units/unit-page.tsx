'use client';
import type { Unit } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { Focus, SearchX } from 'lucide-react';
import Link from 'next/link';
import { CommentsPanel } from '../annotations/comments-panel.tsx';
import { NotePanel } from '../annotations/note-panel.tsx';
import { annotationsQuery } from '../annotations/queries.ts';
import { isProblem } from '../api/client.ts';
import { formatUnit } from '../models/unit.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { ActivationsPanel, ExamplesPanel, useSweep } from './activations/activation-panels.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { EvidenceProvenance } from './evidence-provenance.tsx';
import { Measures } from './measures-panel.tsx';
import { PicturesPanel } from './pictures-panel.tsx';
import { unitQuery, type UnitAddress } from './queries.ts';
import { RelatedPanel } from './related-panel.tsx';
import { TuningPanel } from './tuning/tuning-panel.tsx';
import { UnitActions } from './unit-actions.tsx';
import { UnitHeading } from './unit-heading.tsx';
import { UnitPageSkeleton } from './unit-page-skeleton.tsx';
import { WeightsPanel } from './weights/weights-panel.tsx';

export function UnitPage(address: UnitAddress) {
  const unit = useQuery(unitQuery(address));
  if (unit.data) return <LoadedUnit key={unit.data.subject} unit={unit.data} />;
  if (unit.isPending) return <UnitPageSkeleton {...address} />;
  if (isProblem(unit.error, 404)) return <NoSuchUnit {...address} reason={unit.error.message} />;
  return <QueryError what="this unit" error={unit.error} onRetry={unit.refetch} />;
}

function LoadedUnit({ unit }: { unit: Unit }) {
  const { subject, note, tags, comments } = unit;
  const known = { subject, note, tags, comments };
  const { data: annotations } = useQuery({ ...annotationsQuery(subject), initialData: known });
  const chosen = useSweep(unit);
  return (
    <>
      <title>{`${formatUnit({ layer: unit.layer.name, channel: unit.channel })} · ${unit.model} · Fovea`}</title>
      <UnitHeading unit={unit} tags={annotations.tags} actions={<UnitActions unit={unit} />} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex flex-col gap-4">
          <PicturesPanel unit={unit} />
          <ExamplesPanel unit={unit} chosen={chosen} />
          <WeightsPanel unit={unit} />
        </div>
        <div className="flex flex-col gap-4">
          <Panel title="Measures">
            {unit.measures.length > 0 ? (
              <Measures unit={unit} />
            ) : (
              <p className="text-muted">
                Sweeps, tuning and weights give numbers by which units are compared.
              </p>
            )}
          </Panel>
          {chosen.sweep && <ActivationsPanel sweep={chosen.sweep} />}
          <TuningPanel unit={unit} />
          <RelatedPanel unit={unit} sweep={chosen.sweep} />
          <NotePanel subject={subject} note={annotations.note} />
          <CommentsPanel subject={subject} count={annotations.comments} />
          <Panel title="Provenance">
            <EvidenceProvenance unit={unit} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function NoSuchUnit({ model, layer, channel, reason }: UnitAddress & { reason: string }) {
  return (
    <>
      <Breadcrumb model={model} layer={layer} />
      <h1 className="sr-only">No unit {formatUnit({ layer, channel })}</h1>
      <div className="mt-4">
        <EmptyState
          icon={SearchX}
          title={`There is no unit ${formatUnit({ layer, channel })}`}
          action={
            <Button asChild>
              <Link href={`/models/${encodeURIComponent(model)}`}>
                <Focus aria-hidden />
                Layers of {model}
              </Link>
            </Button>
          }
        >
          {reason}
        </EmptyState>
      </div>
    </>
  );
}
