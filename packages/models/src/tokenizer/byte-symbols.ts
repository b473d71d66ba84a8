/**
 * A printable character for each byte, as GPT-2's tokenizer chose them: bytes that print in Latin-1 stand for
 * themselves, the others follow from U+0100 on. Vocabularies are written in these.
 */

function printable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte);
const others = bytes.filter((byte) => !printable(byte));

/** In the order of the vocabulary: printable bytes first. */
const order = [...bytes.filter(printable), ...others];

const symbolOf = bytes.map((byte) =>
  String.fromCodePoint(printable(byte) ? byte : 256 + others.indexOf(byte)),
);

const byteOf = new Map(symbolOf.map((symbol, byte) => [symbol, byte]));

/** The 256 symbols in the order of the vocabulary. */
export const byteSymbols: readonly string[] = order.map((byte) => symbolOf[byte]!);

/** One symbol for each byte of the text's UTF-8. */
export function toByteSymbols(text: string): string[] {
  return Array.from(new TextEncoder().encode(text), (byte) => symbolOf[byte]!);
}

/** Bytes that are no UTF-8 become U+FFFD. */
export function fromByteSymbols(symbols: string): string {
  return new TextDecoder().decode(Uint8Array.from(symbols, (symbol) => byteOf.get(symbol)!));
}
