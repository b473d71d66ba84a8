'use client';
import type { Artifact } from '@fovea/client';
import type { UnitPicturesInput, UnitPicturesResult as Result } from '@fovea/experiments/schema';
import { throughDashboard } from '../../api/client.ts';
import { formatInteger } from '../../format/number.ts';
import { Picture } from '../../runs/picture.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { ResultProps } from '../kind-view.ts';

/** The pictures that are there yet, unit by unit, each linked to its full size. */
export function UnitPicturesResult({ run, artifacts }: ResultProps) {
  const { layer, channels } = run.input as UnitPicturesInput;
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  const thumbnails = new Map(artifacts.map((artifact) => [artifact.name, artifact]));
  const pictures = artifacts.filter(({ name }) => thumbnails.has(thumbnailOf(name)));
  return (
    <div className="flex flex-col gap-4">
      {result && result.suspects.length > 0 && (
        <Notice
          tone="warning"
          title={`${formatInteger(result.suspects.length)} pictures may not show what the unit detects`}
        >
          {result.suspects[0]!.picture}: {result.suspects[0]!.message}
        </Notice>
      )}
      {pictures.length === 0 && <p className="text-muted">No picture is finished yet.</p>}
      {channels.map((channel) => {
        const own = pictures.filter(({ name }) => name.startsWith(`${channel}-`));
        if (own.length === 0) return null;
        return (
          <section key={channel} aria-label={`${layer}:${channel}`}>
            <h3 className="mb-1 font-mono text-xs">
              {layer}:{channel}
            </h3>
            <ul className="flex flex-wrap gap-2">
              {own.map((picture) => (
                <PictureItem
                  key={picture.id}
                  picture={picture}
                  thumbnail={thumbnails.get(thumbnailOf(picture.name))!}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

const thumbnailOf = (name: string) => name.replace(/\.webp$/, '.thumbnail.webp');

function PictureItem({ picture: { name, url }, thumbnail }: { picture: Artifact; thumbnail: Artifact }) {
  const label = name
    .replace(/^\d+-/, '')
    .replace(/\.webp$/, '')
    .replaceAll('-', ' ');
  return (
    <li className="w-24 text-xs text-muted">
      <a href={throughDashboard(url)} target="_blank" rel="noreferrer" title={label}>
        <Picture url={thumbnail.url} alt={label} className="size-24" />
        <span className="block truncate">{label}</span>
      </a>
    </li>
  );
}
