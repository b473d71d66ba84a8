import type { Metadata } from 'next';
import { DatasetPage } from '../../../datasets/dataset-page.tsx';

interface PageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: PageProps) {
  return <DatasetPage name={decodeURIComponent((await params).name)} />;
}
