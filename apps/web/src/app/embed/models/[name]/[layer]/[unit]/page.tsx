import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readAddress, type UnitParams } from '../../../../../../units/address.ts';
import { EmbeddedUnit } from '../../../../../../units/embedded-unit.tsx';

interface PageProps {
  params: Promise<UnitParams>;
}

export const metadata: Metadata = { robots: { index: false } };

export default async function Page({ params }: PageProps) {
  const address = readAddress(await params);
  if (!address) notFound();
  return <EmbeddedUnit {...address} />;
}
