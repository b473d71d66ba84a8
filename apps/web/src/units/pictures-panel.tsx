'use client';
import type { Unit, UnitPicture } from '@fovea/client';
import Link from 'next/link';
import { useState } from 'react';
import { throughDashboard } from '../api/client.ts';
import { formatValue } from '../format/number.ts';
import { formatUnit } from '../models/unit.ts';
import { Picture } from '../runs/picture.tsx';
import { classNames } from '../ui/class-names.ts';
import { Panel } from '../ui/panel.tsx';
import { MissingEvidence } from './missing-evidence.tsx';
import { groupPictures, takeOf, titleOf } from './picture-groups.ts';
import { useInterest } from './use-interest.ts';

export function PicturesPanel({ unit }: { unit: Unit }) {
  const { model, layer, channel, pictures } = unit;
  const isComing = useInterest(unit);
  return (
    <Panel title="Pictures">
      {pictures.length > 0 && (
        <Pictures unit={formatUnit({ layer: layer.name, channel })} pictures={pictures} />
      )}
      {pictures.length === 0 && isComing && (
        <output className="text-muted">
          An index is at work on this model, and the pictures of this unit come next.
        </output>
      )}
      {pictures.length === 0 && !isComing && (
        <MissingEvidence
          wanted={{ kind: 'unit-pictures', input: { model, layer: layer.name, channels: [channel] } }}
        >
          There is no picture of this unit yet. Feature visualization optimises images for it: for what
          excites and for what inhibits it, from several random starts.
        </MissingEvidence>
      )}
    </Panel>
  );
}

/** Every picture that was made of the unit, no restart left out; one of them large. */
function Pictures({ unit, pictures }: { unit: string; pictures: readonly UnitPicture[] }) {
  const groups = groupPictures(pictures);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = pictures.find(({ artifactId }) => artifactId === chosenId) ?? groups[0]!.pictures[0]!;
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <LargePicture unit={unit} picture={chosen} />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] content-start gap-x-4 gap-y-3">
        {groups.map(({ title, pictures: ofGroup }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-1 text-xs text-muted">{title}</h3>
            <div className="flex flex-wrap gap-1">
              {ofGroup.map((picture) => (
                <button
                  key={picture.artifactId}
                  type="button"
                  aria-pressed={picture === chosen}
                  aria-label={`${title}, ${takeOf(picture)}`}
                  onClick={() => setChosenId(picture.artifactId)}
                  className={classNames(
                    'size-16 overflow-hidden rounded-md border-2 border-transparent',
                    picture === chosen && 'border-accent',
                  )}
                >
                  <img src={throughDashboard(picture.thumbnail)} alt="" className="size-full object-cover" />
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

function LargePicture({ unit, picture }: { unit: string; picture: UnitPicture }) {
  const title = titleOf(picture);
  return (
    <figure>
      <Picture url={picture.url} alt={`${unit}: ${title}, ${takeOf(picture)}`} className="aspect-square" />
      <figcaption className="mt-2 flex flex-wrap gap-x-3 text-xs text-muted">
        <span className="text-ink">{title}</span>
        <span>{takeOf(picture)}</span>
        {picture.score !== null && <span>objective {formatValue(picture.score)}</span>}
        <Link href={`/runs/${picture.runId}`} className="underline">
          run
        </Link>
      </figcaption>
    </figure>
  );
}
