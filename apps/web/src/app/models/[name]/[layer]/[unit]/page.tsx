import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readAddress, type UnitParams } from '../../../../../units/address.ts';
import { UnitPage } from '../../../../../units/unit-page.tsx';

interface PageProps {
  params: Promise<UnitParams>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const address = readAddress(await params);
  return address ? { title: `${address.layer}:${address.channel} · ${address.model}` } : {};
}

export default async function Page({ params }: PageProps) {
  const address = readAddress(await params);
  if (!address) notFound();
  return <UnitPage {...address} />;
}
