'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/skeleton.tsx';

/** The canvas and what lays it out are large, and of use in the browser only: loaded when first shown. */
export const LazyCircuitCanvas = dynamic(
  () => import('./circuit-canvas.tsx').then(({ CircuitCanvas }) => CircuitCanvas),
  { ssr: false, loading: () => <Skeleton className="size-full" /> },
);
