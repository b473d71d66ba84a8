'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/skeleton.tsx';

/** The viewer is large and of use in the browser only: loaded when first shown. */
export const LazyAtlasCanvas = dynamic(
  () => import('./atlas-canvas.tsx').then(({ AtlasCanvas }) => AtlasCanvas),
  {
    ssr: false,
    loading: () => <Skeleton className="aspect-square max-h-[80vh] w-full" />,
  },
);
