import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunTableSkeleton } from '../../runs/run-table-skeleton.tsx';
import { RunsPage } from '../../runs/runs-page.tsx';

export const metadata: Metadata = { title: 'Runs' };

export default function Page() {
  return (
    <Suspense fallback={<RunTableSkeleton />}>
      <RunsPage />
    </Suspense>
  );
}
