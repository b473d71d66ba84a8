'use client';
import type { Dataset } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { formatInteger } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ImageDialog } from './image-dialog.tsx';
import { ImageGrid } from './image-grid.tsx';
import { imagesQuery, type ImageSelection } from './queries.ts';

interface ImagePanelProps {
  dataset: Dataset;
  selection: ImageSelection;
  /** Place of the image that is shown large. */
  shown: number | null;
  onSplit: (split: string) => void;
  onClearLabel: () => void;
  onShow: (place: number | null) => void;
}

/** The images of a split, or of a class in it. */
export function ImagePanel({ dataset, selection, shown, onSplit, onClearLabel, onShow }: ImagePanelProps) {
  const first = useQuery(imagesQuery(selection, 0));
  const { split, label } = selection;
  const total = first.data?.total ?? null;
  return (
    <section aria-label="Images" className="min-w-0">
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Select
          aria-label="Split"
          value={split}
          options={Object.entries(dataset.splits).map(([name, size]) => ({
            value: name,
            label: `${name} (${formatInteger(size)})`,
          }))}
          onChange={onSplit}
        />
        {label !== null && (
          <Button onClick={onClearLabel}>
            {dataset.classes[label] ?? 'without a class'}
            <X aria-label="Show all classes" />
          </Button>
        )}
        <span className="text-muted tabular-nums" aria-live="polite">
          {total !== null && (total === 1 ? '1 image' : `${formatInteger(total)} images`)}
        </span>
      </div>
      {first.isPending && <Skeleton className="h-96 rounded-lg" />}
      {first.isError && <QueryError what="the images" error={first.error} onRetry={first.refetch} />}
      {total === 0 && (
        <p className="rounded-lg border border-dashed p-8 text-center text-muted">None of this class.</p>
      )}
      {total !== null && total > 0 && (
        <>
          <ImageGrid
            key={`${split} ${label}`}
            selection={selection}
            columns={dataset.columns}
            total={total}
            onShow={onShow}
          />
          {shown !== null && shown >= 0 && shown < total && (
            <ImageDialog
              dataset={dataset}
              selection={selection}
              place={shown}
              total={total}
              onShow={onShow}
            />
          )}
        </>
      )}
    </section>
  );
}
