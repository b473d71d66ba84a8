import type { Metadata } from 'next';
import { IndexPage } from '../../../indexing/index-page.tsx';

export const metadata: Metadata = { title: 'Index' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <IndexPage id={id} />;
}
