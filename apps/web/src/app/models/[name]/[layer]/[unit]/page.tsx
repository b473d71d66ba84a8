import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { readAddress, type UnitParams } from '../../../../../units/address.ts';
import { readUnit } from '../../../../../units/read-unit.ts';
import { UnitPage } from '../../../../../units/unit-page.tsx';
import { summaryOf } from '../../../../../units/unit-summary.ts';

interface PageProps {
  params: Promise<UnitParams>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const address = readAddress(await params);
  if (!address) return {};
  const title = `${address.layer}:${address.channel} · ${address.model}`;
  const unit = await readUnit(address);
  const description = unit ? summaryOf(unit) : undefined;
  return {
    title,
    description,
    metadataBase: await ownOrigin(),
    openGraph: { title, description, siteName: 'Fovea' },
    twitter: { card: 'summary_large_image' },
  };
}

/** As the reader sees this server: the address of a preview picture must be whole. */
async function ownOrigin(): Promise<URL> {
  const given = await headers();
  const host = given.get('x-forwarded-host') ?? given.get('host') ?? 'localhost';
  return new URL(`${given.get('x-forwarded-proto') ?? 'http'}://${host}`);
}

export default async function Page({ params }: PageProps) {
  const address = readAddress(await params);
  if (!address) notFound();
  return <UnitPage {...address} />;
}
