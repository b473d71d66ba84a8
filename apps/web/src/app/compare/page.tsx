import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ComparePage } from '../../compare/compare-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Compare' };

export default function Page() {
  return (
    <Suspense fallback={<Skeleton className="h-120 rounded-lg" />}>
      <ComparePage />
    </Suspense>
  );
}
