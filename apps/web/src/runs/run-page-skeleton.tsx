import { Skeleton } from '../ui/skeleton.tsx';

export function RunPageSkeleton() {
  return (
    <output aria-label="Loading the run" className="block">
      <Skeleton className="mb-2 h-7 w-64" />
      <Skeleton className="mb-5 h-5 w-48" />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-36 rounded-lg" />
          <Skeleton className="h-160 rounded-lg" />
        </div>
        <div className="flex flex-col gap-4">
          <Skeleton className="h-68 rounded-lg" />
          <Skeleton className="h-40 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
      </div>
    </output>
  );
}
