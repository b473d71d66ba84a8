'use client';
import type { ActivationAtlasInput, ActivationAtlasResult as Result } from '@fovea/experiments/schema';
import Link from 'next/link';
import { atlasHref } from '../../atlas/atlas-href.ts';
import { formatInteger } from '../../format/number.ts';
import { Picture } from '../../runs/picture.tsx';
import { Button } from '../../ui/button.tsx';
import type { ResultProps } from '../kind-view.ts';

/** The icons of the first grid as they come; the finished atlas has a page of its own. */
export function ActivationAtlasResult({ run, artifacts, previews }: ResultProps) {
  const { layer } = run.input as ActivationAtlasInput;
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  const sheet = artifacts.find(({ name }) => name === result?.grids[0]?.icons);
  const url = sheet?.url ?? previews.at(-1)?.url;
  return (
    <div className="flex flex-col gap-3">
      <Picture
        url={url}
        alt={`Icons of the activation atlas of ${layer}`}
        className="aspect-square max-w-xl"
      />
      {result && run.model && (
        <div className="flex flex-wrap items-center gap-3">
          <Button asChild look="primary">
            <Link href={atlasHref(run.model, layer)}>Open the atlas</Link>
          </Button>
          <p className="text-muted">
            {formatInteger(result.samples)} activations of {formatInteger(result.images)} images
          </p>
        </div>
      )}
    </div>
  );
}
