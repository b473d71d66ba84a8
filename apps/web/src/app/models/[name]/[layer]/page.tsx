import type { Metadata } from 'next';
import { Suspense } from 'react';
import { GridSkeleton } from '../../../../layers/grid-skeleton.tsx';
import { LayerPage } from '../../../../layers/layer-page.tsx';

interface PageProps {
  params: Promise<{ name: string; layer: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { name, layer } = await params;
  return { title: `${decodeURIComponent(layer)} of ${decodeURIComponent(name)}` };
}

export default async function Page({ params }: PageProps) {
  const { name, layer } = await params;
  return (
    <Suspense fallback={<GridSkeleton />}>
      <LayerPage model={decodeURIComponent(name)} name={decodeURIComponent(layer)} />
    </Suspense>
  );
}
