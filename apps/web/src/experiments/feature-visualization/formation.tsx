'use client';
import type { Artifact, Run } from '@fovea/client';
import { useState } from 'react';
import { formatInteger } from '../../format/number.ts';
import { Picture } from '../../runs/picture.tsx';
import type { Preview } from '../../runs/timeline.ts';
import { Slider } from '../../ui/slider.tsx';

interface FormationProps {
  run: Run;
  previews: readonly Preview[];
  finals: readonly Artifact[];
}

/** The newest picture, and a way back through those before it. */
export function Formation({ run, previews, finals }: FormationProps) {
  // Null follows what is newest.
  const [chosen, setChosen] = useState<number | null>(null);
  const newest = finals.length > 0 ? previews.length : Math.max(0, previews.length - 1);
  const position = Math.min(chosen ?? newest, newest);
  // Until the events are here, the row of the run has the newest picture.
  const preview = previews[position] ?? (finals.length === 0 ? run.picture : null);
  const caption = preview
    ? `Step ${formatInteger(preview.step)}`
    : captionWithout(finals.length, run.status === 'queued');
  return (
    <figure>
      {preview || finals.length === 0 ? (
        <Picture
          url={preview?.url}
          alt={`Preview, ${caption.toLowerCase()}`}
          className="mx-auto aspect-square w-full max-w-xl"
        />
      ) : (
        <FinalPictures finals={finals} />
      )}
      <figcaption className="mx-auto mt-3 flex h-5 max-w-xl items-center gap-4 text-xs text-muted">
        <output className="w-24 shrink-0">{caption}</output>
        {newest > 0 && (
          <Slider
            label="Moment of the optimisation"
            value={position}
            max={newest}
            onChange={(next) => setChosen(next === newest ? null : next)}
            valueText={caption}
          />
        )}
      </figcaption>
    </figure>
  );
}

function captionWithout(finals: number, waiting: boolean): string {
  if (finals > 0) return finals === 1 ? 'Final picture' : `${finals} final pictures`;
  return waiting ? 'Waiting to start' : 'No preview yet';
}

function FinalPictures({ finals }: { finals: readonly Artifact[] }) {
  const [only] = finals;
  if (finals.length === 1 && only) {
    return <Picture url={only.url} alt="Final picture" className="mx-auto aspect-square w-full max-w-xl" />;
  }
  return (
    <div className="mx-auto grid max-w-xl grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-2">
      {finals.map(({ id, name, url }) => (
        <Picture key={id} url={url} alt={name} className="aspect-square" />
      ))}
    </div>
  );
}
