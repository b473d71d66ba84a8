import { Skeleton } from '../ui/skeleton.tsx';

export function FormSkeleton() {
  return (
    <output
      aria-label="Loading the form"
      className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="flex flex-col gap-4">
        <Skeleton className="h-140 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
      <Skeleton className="h-96 rounded-lg" />
    </output>
  );
}
