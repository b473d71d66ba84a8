import { ImageResponse } from 'next/og';
import { readAddress, type UnitParams } from '../../../../../units/address.ts';
import { previewPictures } from '../../../../../units/preview/pictures.ts';
import { UnitPreview } from '../../../../../units/preview/unit-preview.tsx';
import { readUnit } from '../../../../../units/read-unit.ts';

export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';
export const alt = 'Pictures of the unit with its name and key figures';

/** What a link to the unit looks like in a chat or on a social network. */
export default async function Image({ params }: { params: Promise<UnitParams> }): Promise<Response> {
  const address = readAddress(await params);
  const unit = address && (await readUnit(address));
  if (!unit) return new Response('There is no such unit', { status: 404 });
  return new ImageResponse(<UnitPreview unit={unit} pictures={await previewPictures(unit)} />, size);
}
