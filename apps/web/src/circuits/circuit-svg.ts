/** A circuit as an SVG that stands by itself: its pictures are in it. */
import { edgeWidth, extentOf, kernelCells, type DrawnEdge, type DrawnUnit, type Drawing } from './drawing.ts';
import { NODE, TILE } from './layout.ts';

export const EXCITES = '#ca0020';
export const INHIBITS = '#0571b0';
/** Dashes tell inhibition apart without colour. */
export const INHIBITS_DASH = '7 4';

const PICTURE = 96;

/** @param pictures data addresses, by unit */
export function circuitSvg(drawing: Drawing, title: string, pictures: ReadonlyMap<string, string>): string {
  const { left, top, width, height } = extentOf(drawing);
  const box = [left, top, width, height].map(short).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${short(width)}" height="${short(height)}" font-family="ui-monospace, Menlo, Consolas, monospace">`,
    `<title>${escapeText(title)}</title>`,
    `<rect x="${short(left)}" y="${short(top)}" width="100%" height="100%" fill="#fff"/>`,
    ...drawing.edges.map(line),
    ...drawing.units.map((unit) => unitMark(unit, pictures.get(unit.key))),
    ...drawing.edges.map(tile),
    '</svg>',
  ].join('\n');
}

function line(edge: DrawnEdge): string {
  const color = edge.inhibits ? INHIBITS : EXCITES;
  const dash = edge.inhibits ? ` stroke-dasharray="${INHIBITS_DASH}"` : '';
  return (
    `<path d="${edge.path}" fill="none" stroke="${color}" stroke-width="${short(edgeWidth(edge))}" stroke-opacity="0.75"${dash}/>` +
    `<path d="${tipOf(edge)}" fill="${edge.inhibits ? 'none' : color}" stroke="${color}" stroke-width="2"/>`
  );
}

/** A tip where it excites, a bar where it inhibits, as neuroscience draws synapses. */
export function tipOf({ end: { x, y }, inhibits }: Pick<DrawnEdge, 'end' | 'inhibits'>): string {
  return inhibits ? `M${x - 6} ${y - 2}H${x + 6}` : `M${x - 4} ${y - 8}L${x} ${y - 1}L${x + 4} ${y - 8}Z`;
}

function tile({ key, tile: { x, y }, kernel, largest }: DrawnEdge): string {
  const cells = kernelCells(kernel, largest).map(
    (cell) =>
      `<rect x="${short(cell.x)}" y="${short(cell.y)}" width="${short(cell.width)}" height="${short(cell.height)}" fill="${cell.fill}"/>`,
  );
  const half = TILE / 2;
  return (
    `<g transform="translate(${short(x)} ${short(y)})"><title>${escapeText(key)}</title>` +
    `<rect x="${-half - 1}" y="${-half - 1}" width="${TILE + 2}" height="${TILE + 2}" fill="#fff" stroke="#9aa0a6"/>${cells.join('')}</g>`
  );
}

function unitMark({ x, y, layer, channel, label, chosen }: DrawnUnit, picture: string | undefined): string {
  const inset = (NODE.width - PICTURE) / 2;
  const middle = NODE.width / 2;
  return (
    `<g transform="translate(${short(x)} ${short(y)})">` +
    `<rect width="${NODE.width}" height="${NODE.height}" rx="6" fill="#fff" stroke="${chosen ? '#1a1d21' : '#c4c8cc'}" stroke-width="${chosen ? 2 : 1}"/>` +
    (picture
      ? `<image href="${picture}" x="${inset}" y="${inset}" width="${PICTURE}" height="${PICTURE}"/>`
      : `<rect x="${inset}" y="${inset}" width="${PICTURE}" height="${PICTURE}" fill="#eceef0"/>`) +
    `<text x="${middle}" y="${inset + PICTURE + 10}" text-anchor="middle" font-size="9" fill="#5a6066">${escapeText(shortened(layer))}</text>` +
    `<text x="${middle}" y="${inset + PICTURE + 20}" text-anchor="middle" font-size="10" fill="#1a1d21">${escapeText(label ?? String(channel))}</text>` +
    '</g>'
  );
}

const LETTERS = 18;
const shortened = (text: string) => (text.length <= LETTERS ? text : `…${text.slice(1 - LETTERS)}`);
const short = (value: number) => String(Math.round(value * 100) / 100);
const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
