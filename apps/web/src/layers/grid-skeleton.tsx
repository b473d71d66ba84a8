import { Skeleton } from '../ui/skeleton.tsx';

const TILES = 80;

export function GridSkeleton() {
  return (
    <div className="flex flex-wrap gap-2 pt-24">
      {Array.from({ length: TILES }, (_, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- they are all alike
        <Skeleton key={index} className="size-24" />
      ))}
    </div>
  );
}
