const customary = ['train', 'validation', 'test'];

/** The customary ones first, then the others by name: JSON in a database does not keep an order. */
export function orderedSplits(splits: Readonly<Record<string, number>>): [name: string, size: number][] {
  return Object.entries(splits).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const rank = (split: string) => (customary.includes(split) ? customary.indexOf(split) : customary.length);
