'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The canvas and what lays it out are large, and of use in the browser only: loaded when first shown. */
export const LazyModelGraph = dynamic(
  () => import('./model-graph.tsx').then(({ ModelGraph }) => ModelGraph),
  {
    ssr: false,
    loading: () => <Skeleton className="size-full" />,
  },
);
