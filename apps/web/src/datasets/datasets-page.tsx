'use client';
import type { DatasetSummary } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { Images, Shapes, Upload } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { formatBytes, formatCompact, formatInteger } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { datasetHref } from './dataset-href.ts';
import { kindText } from './kind-text.ts';
import { datasetsQuery } from './queries.ts';
import { UploadDialog } from './upload-dialog.tsx';

/** An archive may be dropped anywhere on it. */
export function DatasetsPage() {
  const datasets = useQuery(datasetsQuery);
  const [upload, setUpload] = useState<{ dropped: File | null } | null>(null);
  return (
    <div
      className="min-h-[70vh]"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [dropped] = event.dataTransfer.files;
        if (dropped) setUpload({ dropped });
      }}
    >
      <PageHeading
        title="Datasets"
        actions={
          <>
            <Button asChild>
              <Link href="/datasets/new/stimuli">
                <Shapes aria-hidden />
                New stimulus set
              </Link>
            </Button>
            <Button look="primary" onClick={() => setUpload({ dropped: null })}>
              <Upload aria-hidden />
              Upload
            </Button>
          </>
        }
      />
      {upload && (
        <UploadDialog open onOpenChange={(open) => open || setUpload(null)} dropped={upload.dropped} />
      )}
      {datasets.isPending && <Skeleton className="h-64 rounded-lg" />}
      {datasets.isError && (
        <QueryError what="the datasets" error={datasets.error} onRetry={datasets.refetch} />
      )}
      {datasets.data?.length === 0 && (
        <EmptyState icon={Images} title="There are no datasets">
          Drop an archive of images here, or import one from a terminal:
          <code className="mt-2 block font-mono text-xs">npm run fovea -- dataset import PATH</code>
        </EmptyState>
      )}
      {datasets.data && datasets.data.length > 0 && <DatasetTable datasets={datasets.data} />}
    </div>
  );
}

function DatasetTable({ datasets }: { datasets: readonly DatasetSummary[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-left">
        <thead className="border-b text-xs text-muted">
          <tr>
            <th className="px-4 py-2 font-medium">Name</th>
            <th className="px-4 py-2 text-right font-medium">Images</th>
            <th className="px-4 py-2 font-medium max-sm:hidden">Splits</th>
            <th className="px-4 py-2 text-right font-medium max-sm:hidden">Classes</th>
            <th className="px-4 py-2 text-right font-medium max-sm:hidden">Size</th>
            <th className="px-4 py-2 font-medium max-sm:hidden">Licence</th>
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <tr key={dataset.id} className="border-b last:border-b-0 hover:bg-sunken">
              <td className="px-4 py-2">
                <Link href={datasetHref(dataset.name)} className="font-mono font-medium hover:underline">
                  {dataset.name}
                </Link>
                <p className="max-w-md text-xs text-muted sm:truncate">
                  {dataset.description ?? kindText(dataset.kind)}
                </p>
              </td>
              <td className="px-4 py-2 text-right tabular-nums" title={formatInteger(dataset.images)}>
                {formatCompact(dataset.images)}
              </td>
              <td className="px-4 py-2 whitespace-nowrap max-sm:hidden">
                {Object.keys(dataset.splits).join(', ')}
              </td>
              <td className="px-4 py-2 text-right tabular-nums max-sm:hidden">
                {dataset.classCount > 0 ? formatInteger(dataset.classCount) : '–'}
              </td>
              <td className="px-4 py-2 text-right whitespace-nowrap tabular-nums max-sm:hidden">
                {dataset.bytes > 0 ? formatBytes(dataset.bytes) : 'drawn'}
              </td>
              <td className="max-w-48 truncate px-4 py-2 max-sm:hidden">
                {dataset.license ?? <span className="text-muted">not stated</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
