'use client';
import type { Dataset, DatasetImage } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { throughDashboard } from '../api/client.ts';
import { formatInteger, formatValue } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { DefinitionList, type Definition } from '../ui/definition-list.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { IMAGES_IN_PAGE, imagesQuery, type ImageSelection } from './queries.ts';

interface ImageDialogProps {
  dataset: Dataset;
  selection: ImageSelection;
  place: number;
  total: number;
  onShow: (place: number | null) => void;
}

/** One image at its size, with all that is known of it; arrow keys lead to its neighbours. */
export function ImageDialog({ dataset, selection, place, total, onShow }: ImageDialogProps) {
  const page = useQuery(imagesQuery(selection, Math.floor(place / IMAGES_IN_PAGE)));
  const image = page.data?.items[place % IMAGES_IN_PAGE];
  const step = (by: number) => {
    const next = place + by;
    if (next >= 0 && next < total) onShow(next);
  };

  function walk({ key }: KeyboardEvent) {
    if (key === 'ArrowLeft') step(-1);
    if (key === 'ArrowRight') step(1);
  }

  return (
    <Dialog
      title={image?.id ?? '…'}
      open
      onOpenChange={(open) => open || onShow(null)}
      onKeyDown={walk}
      className="sm:w-[min(56rem,calc(100vw-1.5rem))]"
    >
      <div className="grid min-h-0 gap-4 overflow-y-auto p-4 sm:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="flex aspect-square items-center justify-center overflow-hidden rounded-md bg-sunken">
          {image ? (
            <img
              key={image.url}
              src={throughDashboard(image.url)}
              alt={image.class ?? image.id}
              className={
                // Small images are seen pixel by pixel.
                Math.max(image.height, image.width) <= 96
                  ? 'size-full object-contain [image-rendering:pixelated]'
                  : 'max-h-full max-w-full object-contain'
              }
            />
          ) : (
            <Skeleton className="size-full" />
          )}
        </div>
        <div className="flex min-w-0 flex-col justify-between gap-4">
          {image && (
            <DefinitionList items={factsOf(dataset, image)} className="grid-cols-1 gap-y-0.5 [&_dd]:mb-2" />
          )}
          <div className="flex items-center justify-between gap-2">
            <Button aria-label="Previous image" disabled={place === 0} onClick={() => step(-1)}>
              <ChevronLeft aria-hidden />
            </Button>
            <span className="text-xs text-muted tabular-nums">
              {formatInteger(place + 1)} of {formatInteger(total)}
            </span>
            <Button aria-label="Next image" disabled={place === total - 1} onClick={() => step(1)}>
              <ChevronRight aria-hidden />
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function factsOf(dataset: Dataset, image: DatasetImage): Definition[] {
  const units = new Map(dataset.columns.map(({ name, unit }) => [name, unit]));
  const columns = Object.entries(image.columns).map(([name, value]) => ({
    term: units.get(name) ? `${name} (${units.get(name)})` : name,
    value: typeof value === 'number' ? formatValue(value) : (value ?? '–'),
  }));
  return [
    ...(image.label === null
      ? []
      : [
          {
            term: 'Class',
            value: image.class === String(image.label) ? image.class : `${image.class} (${image.label})`,
          },
        ]),
    { term: 'Size', value: `${image.height} × ${image.width} px` },
    { term: 'Place', value: `${image.split} ${formatInteger(image.index)}` },
    ...columns,
  ];
}
