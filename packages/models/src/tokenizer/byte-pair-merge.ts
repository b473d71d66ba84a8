/** Byte-pair encoding (Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", 2016). */

/**
 * Merges the pair of lowest rank, everywhere in the word, until no pair of neighbours has a rank.
 * @param ranks by `left right`
 */
export function mergePairs(word: readonly string[], ranks: ReadonlyMap<string, number>): readonly string[] {
  let symbols = word;
  for (;;) {
    const next = firstPair(symbols, ranks);
    if (next === undefined) return symbols;
    symbols = mergePair(symbols, next);
  }
}

/** Where the pair that is to be merged next first stands. */
function firstPair(symbols: readonly string[], ranks: ReadonlyMap<string, number>): number | undefined {
  let best: { rank: number; index: number } | undefined;
  for (let index = 0; index + 1 < symbols.length; index++) {
    const rank = ranks.get(`${symbols[index]} ${symbols[index + 1]}`);
    if (rank !== undefined && (!best || rank < best.rank)) best = { rank, index };
  }
  return best?.index;
}

function mergePair(symbols: readonly string[], first: number): string[] {
  const [left, right] = [symbols[first]!, symbols[first + 1]!];
  const merged: string[] = [];
  for (let index = 0; index < symbols.length; index++) {
    const together = symbols[index] === left && symbols[index + 1] === right;
    merged.push(together ? left + right : symbols[index]!);
    if (together) index += 1;
  }
  return merged;
}
