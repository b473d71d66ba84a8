/**
 * Colours of weights: blue inhibits, red excites, white is nothing. ColorBrewer's RdBu reversed, as in Captum's
 * `weights_to_heatmap_2d` and the Circuits Thread.
 */
export const divergingPalette = ['#0571b0', '#92c5de', '#f7f7f7', '#f4a582', '#ca0020'] as const;

const stops = divergingPalette.map(
  (colour) =>
    [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16)) as [number, number, number],
);

/**
 * [red, green, blue], 0 to 255, between the colours of the palette.
 * @param value from −1 (inhibits most) to 1 (excites most); what lies beyond is cut
 */
export function divergingColor(value: number): [number, number, number] {
  const place = (Math.min(1, Math.max(-1, value)) + 1) * 2;
  const lower = Math.min(3, Math.floor(place));
  const share = place - lower;
  return stops[lower]!.map((part, index) =>
    Math.round(part + share * (stops[lower + 1]![index]! - part)),
  ) as [number, number, number];
}
