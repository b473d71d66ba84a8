'use client';
import type { Artifact } from '@fovea/client';
import { Download } from 'lucide-react';
import { throughDashboard } from '../api/client.ts';
import { formatBytes } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Undefined while they are on their way. */
export function ArtifactList({ artifacts }: { artifacts: readonly Artifact[] | undefined }) {
  if (!artifacts) return <Skeleton className="h-32" />;
  if (artifacts.length === 0) return <p className="text-muted">Nothing is stored yet.</p>;
  return (
    <ul className="-my-1 divide-y">
      {artifacts.map(({ id, name, mediaType, bytes, sha256, downloadUrl }) => (
        <li key={id} className="flex items-center gap-3 py-1.5">
          <div className="min-w-0 flex-1">
            <div className="truncate font-mono text-xs">{name}</div>
            <div className="truncate text-xs text-muted" title={`sha256 ${sha256}`}>
              {mediaType} · {formatBytes(bytes)}
            </div>
          </div>
          <Button asChild look="quiet" size="icon">
            <a href={throughDashboard(downloadUrl)} download={name} aria-label={`Download ${name}`}>
              <Download aria-hidden />
            </a>
          </Button>
        </li>
      ))}
    </ul>
  );
}
