import { Skeleton } from '../ui/skeleton.tsx';

const ROWS = 8;

export function RunTableSkeleton() {
  return (
    <output aria-label="Loading the runs" className="block overflow-hidden rounded-lg border bg-surface">
      <div className="h-9 border-b" />
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row} className="flex h-16 items-center gap-4 border-b px-3 last:border-b-0">
          <Skeleton className="size-13" />
          <Skeleton className="h-4 w-48" />
          <Skeleton className="h-6 w-24 rounded-full" />
          <Skeleton className="h-4 w-24 max-md:hidden" />
          <Skeleton className="ml-auto h-4 w-20 max-md:hidden" />
        </div>
      ))}
    </output>
  );
}
