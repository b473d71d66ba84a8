import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AtlasPage } from '../../../../../atlas/atlas-page.tsx';

interface PageProps {
  params: Promise<{ name: string; layer: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { layer } = await params;
  return { title: `Activation atlas of ${decodeURIComponent(layer)}` };
}

export default async function Page({ params }: PageProps) {
  const { name, layer } = await params;
  return (
    <Suspense>
      <AtlasPage model={decodeURIComponent(name)} layer={decodeURIComponent(layer)} />
    </Suspense>
  );
}
