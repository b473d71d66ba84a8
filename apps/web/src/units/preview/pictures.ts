import type { Unit } from '@fovea/client';
import sharp from 'sharp';
import { groupPictures } from '../picture-groups.ts';

const SIDE = 512;
const MOST = 5;

/** The first picture of each kind, as addresses that hold the picture itself: what draws the preview knows no WebP. */
export async function previewPictures({ pictures }: Unit): Promise<string[]> {
  const firsts = groupPictures(pictures).map((group) => group.pictures[0]!);
  return Promise.all(
    firsts.slice(0, MOST).map(async ({ url }) => asPng(await fetch(url, { cache: 'no-store' }))),
  );
}

async function asPng(answer: Response): Promise<string> {
  const bytes = await sharp(await answer.arrayBuffer())
    .resize(SIDE, SIDE, { fit: 'cover' })
    .png()
    .toBuffer();
  return `data:image/png;base64,${bytes.toString('base64')}`;
}
