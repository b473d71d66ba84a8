'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { PageHeading } from '../ui/page-heading.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ClassPanel } from './class-panel.tsx';
import { DatasetFacts } from './dataset-facts.tsx';
import { ImagePanel } from './image-panel.tsx';
import { useImageParams } from './image-params.ts';
import { ProblemPanel } from './problem-panel.tsx';
import { datasetQuery } from './queries.ts';
import { RemoveDataset } from './remove-dataset.tsx';

export function DatasetPage({ name }: { name: string }) {
  const dataset = useQuery(datasetQuery(name));
  const [params, setParams] = useImageParams();
  if (dataset.isPending) return <Skeleton className="h-96 rounded-lg" />;
  if (dataset.isError)
    return <QueryError what="the dataset" error={dataset.error} onRetry={dataset.refetch} />;
  const { data } = dataset;
  const splits = Object.keys(data.splits);
  const split = params.split !== null && splits.includes(params.split) ? params.split : splits[0]!;
  const selection = { dataset: data.name, split, label: params.label };
  return (
    <>
      <PageHeading
        title={<span className="font-mono">{data.name}</span>}
        summary={data.description}
        actions={
          <>
            {data.runCount > 0 && (
              <Link
                className="text-accent hover:underline"
                href={`/runs?search=${encodeURIComponent(data.name)}`}
              >
                {data.runCount === 1 ? '1 run' : `${data.runCount} runs`}
              </Link>
            )}
            {!data.shipped && <RemoveDataset dataset={data} />}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <DatasetFacts dataset={data} />
          {data.problems.length > 0 && <ProblemPanel problems={data.problems} />}
          {data.classes.length > 0 && (
            <ClassPanel
              dataset={data.name}
              split={split}
              label={params.label}
              onChoose={(label) => void setParams({ label, image: null })}
            />
          )}
        </div>
        <ImagePanel
          dataset={data}
          selection={selection}
          shown={params.image}
          onSplit={(next) => void setParams({ split: next, label: null, image: null })}
          onClearLabel={() => void setParams({ label: null, image: null })}
          onShow={(image) => void setParams({ image })}
        />
      </div>
    </>
  );
}
