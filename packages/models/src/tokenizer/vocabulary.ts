/**
 * Where token ids and merges come from: the vocabulary that OpenAI published with CLIP, which is shipped, or the
 * vocab.json and merges.txt of a Hugging Face folder.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { byteSymbols } from './byte-symbols.ts';
import { MalformedVocabularyError } from './tokenizer-errors.ts';

/** Behind the last symbol of a word. */
export const endOfWord = '</w>';
export const startOfText = '<|startoftext|>';
export const endOfText = '<|endoftext|>';

export interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  /** Of the pair `left right`: the lower, the earlier it is merged. */
  readonly ranks: ReadonlyMap<string, number>;
}

const shipped = new URL('../../vocabularies/clip-merges.txt.gz', import.meta.url);

/** 49,408 tokens: bytes, bytes that end a word, 48,894 merges, start and end of the text. */
export function clipVocabulary(): Vocabulary {
  const merges = linesOf(gunzipSync(readFileSync(shipped)).toString('utf8'));
  const tokens = [
    ...byteSymbols,
    ...byteSymbols.map((symbol) => symbol + endOfWord),
    ...merges.map(merged),
    startOfText,
    endOfText,
  ];
  return { ids: new Map(tokens.map((token, id) => [token, id])), ranks: ranksOf(merges) };
}

/**
 * @param folder of a tokenizer in Hugging Face's form, with vocab.json and merges.txt
 * @throws MalformedVocabularyError
 */
export function readVocabulary(folder: string): Vocabulary {
  const ids = new Map(Object.entries(readIds(join(folder, 'vocab.json'))));
  const lines = linesOf(readText(join(folder, 'merges.txt')));
  const merges = lines[0]?.startsWith('#version') ? lines.slice(1) : lines;
  const needed = [
    ...byteSymbols.flatMap((symbol) => [symbol, symbol + endOfWord]),
    ...merges.map(merged),
    startOfText,
    endOfText,
  ];
  const missing = needed.find((token) => !ids.has(token));
  if (missing !== undefined) throw new MalformedVocabularyError(folder, `the token ${missing} has no id`);
  return { ids, ranks: ranksOf(merges) };
}

function readIds(path: string): Record<string, number> {
  try {
    return z.record(z.string(), z.int().nonnegative()).parse(JSON.parse(readText(path)));
  } catch (cause) {
    if (cause instanceof MalformedVocabularyError) throw cause;
    throw new MalformedVocabularyError(path, 'it should map each token to its id, as JSON', { cause });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MalformedVocabularyError(path, 'it cannot be read', { cause });
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function merged(pair: string): string {
  return pair.replace(' ', '');
}

function ranksOf(merges: readonly string[]): Map<string, number> {
  return new Map(merges.map((pair, rank) => [pair, rank]));
}
