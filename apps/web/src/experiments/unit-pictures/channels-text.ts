/** Numbers in increasing order as ranges: `0–15, 17`. */
export function channelsText(channels: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const channel of channels.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && range[1] + 1 === channel) range[1] = channel;
    else ranges.push([channel, channel]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
