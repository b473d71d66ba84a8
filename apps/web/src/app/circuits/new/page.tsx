import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NewCircuitPage } from '../../../circuits/new-circuit-page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

export const metadata: Metadata = { title: 'New circuit' };

export default function Page() {
  return (
    <Suspense fallback={<Skeleton className="h-[60vh] rounded-lg" />}>
      <NewCircuitPage />
    </Suspense>
  );
}
