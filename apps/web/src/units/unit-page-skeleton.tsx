import { formatUnit } from '../models/unit.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import type { UnitAddress } from './queries.ts';

/** The page at its size, with what its address tells. */
export function UnitPageSkeleton({ model, layer, channel }: UnitAddress) {
  return (
    <div aria-busy>
      <Breadcrumb model={model} layer={layer} />
      <div className="mt-1 flex h-9 items-center px-10">
        <h1 className="font-mono text-xl font-semibold tracking-tight">{formatUnit({ layer, channel })}</h1>
      </div>
      <Skeleton className="mt-1 mb-4 h-5 w-64" />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-104 rounded-lg" />
          <Skeleton className="h-104 rounded-lg" />
        </div>
        <div className="flex flex-col gap-4">
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
      </div>
    </div>
  );
}
