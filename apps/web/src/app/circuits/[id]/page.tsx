import { CircuitPage } from '../../../circuits/circuit-page.tsx';

interface PageProps {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: PageProps) {
  return <CircuitPage id={(await params).id} />;
}
