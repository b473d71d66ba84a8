import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CircuitsPage } from '../../circuits/circuits-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Circuits' };

export default function Page() {
  return (
    <Suspense fallback={<Skeleton className="h-52 rounded-lg" />}>
      <CircuitsPage />
    </Suspense>
  );
}
