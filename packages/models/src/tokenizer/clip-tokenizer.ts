/**
 * CLIP's tokenizer (Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021;
 * github.com/openai/CLIP): byte-level BPE on lower-cased text, words marked by their ends.
 */
import { fromByteSymbols, toByteSymbols } from './byte-symbols.ts';
import { mergePairs } from './byte-pair-merge.ts';
import { cleanText } from './clean-text.ts';
import { TextTooLongError, UnknownTokenError } from './tokenizer-errors.ts';
import { clipVocabulary, endOfText, endOfWord, startOfText, type Vocabulary } from './vocabulary.ts';

export interface EncodeOptions {
  /** Length of the result. Default 77. */
  readonly contextLength?: number;
  /** What follows the end of the text: id 0 (OpenAI, open_clip, SD 2) or the end again (Hugging Face, SD 1). Default zero. */
  readonly padding?: 'zero' | 'end';
  /** Cut a text that is too long, keeping its end token. Default false: it is an error. */
  readonly truncate?: boolean;
}

export interface ClipTokenizer {
  readonly vocabularySize: number;
  readonly start: number;
  readonly end: number;
  /**
   * Start, the text's tokens, end, padding.
   * @throws TextTooLongError
   */
  encode(text: string, options?: EncodeOptions): Int32Array;
  /**
   * The text up to the end token, words apart by single spaces.
   * @throws UnknownTokenError
   */
  decode(ids: Iterable<number>): string;
}

const words = /<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu;

/** @param vocabulary default: the one that CLIP was published with */
export function clipTokenizer(vocabulary: Vocabulary = clipVocabulary()): ClipTokenizer {
  const { ids, ranks } = vocabulary;
  const tokens = new Map([...ids].map(([token, id]) => [id, token]));
  const start = ids.get(startOfText)!;
  const end = ids.get(endOfText)!;

  const idsOfWord = (word: string): number[] => {
    if (word === startOfText || word === endOfText) return [ids.get(word)!];
    const symbols = toByteSymbols(word);
    symbols.push(symbols.pop()! + endOfWord);
    return mergePairs(symbols, ranks).map((token) => ids.get(token)!);
  };

  const encode: ClipTokenizer['encode'] = (text, options = {}) => {
    const { contextLength = 77, padding = 'zero', truncate = false } = options;
    const inner = (cleanText(text).match(words) ?? []).flatMap(idsOfWord);
    if (inner.length + 2 > contextLength && !truncate)
      throw new TextTooLongError(inner.length + 2, contextLength);
    const used = [start, ...inner.slice(0, contextLength - 2), end];
    const context = new Int32Array(contextLength).fill(padding === 'zero' ? 0 : end);
    context.set(used);
    return context;
  };

  const decode: ClipTokenizer['decode'] = (sequence) => {
    let text = '';
    for (const id of sequence) {
      if (id === end) break;
      if (id === start) continue;
      const token = tokens.get(id);
      if (token === undefined) throw new UnknownTokenError(id, ids.size);
      text += token;
    }
    return fromByteSymbols(text.replaceAll(endOfWord, toByteSymbols(' ')[0]!)).trim();
  };

  return { vocabularySize: ids.size, start, end, encode, decode };
}
