import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SearchPage } from '../../search/search-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Search' };

export default function Page() {
  return (
    <Suspense fallback={<Skeleton className="h-72 rounded-lg" />}>
      <SearchPage />
    </Suspense>
  );
}
