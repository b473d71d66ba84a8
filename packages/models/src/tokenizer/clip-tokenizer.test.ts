import { mkdirSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedMaterial } from '../testing/shared-material.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { cleanText } from './clean-text.ts';
import { clipTokenizer } from './clip-tokenizer.ts';
import { MalformedVocabularyError, TextTooLongError, UnknownTokenError } from './tokenizer-errors.ts';
import { clipVocabulary, readVocabulary } from './vocabulary.ts';

const tokenizer = clipTokenizer();

/** The ids between start and end. */
function inner(text: string): number[] {
  const ids = [...tokenizer.encode(text, { contextLength: 2000 })];
  return ids.slice(1, ids.indexOf(tokenizer.end));
}

describe('the vocabulary that is shipped', () => {
  test('has 49,408 tokens, the last two for start and end', () => {
    expect(tokenizer.vocabularySize).toBe(49408);
    expect([tokenizer.start, tokenizer.end]).toEqual([49406, 49407]);
  });
});

describe('encode', () => {
  test('gives the ids that OpenAI gives', () => {
    expect(inner('Hello World!')).toEqual([3306, 1002, 256]);
    expect(inner('a diagram')).toEqual([320, 22697]);
    expect(inner('a dog')).toEqual([320, 1929]);
    expect(inner('a photo of a cat')).toEqual([320, 1125, 539, 320, 2368]);
  });

  test('fills the context behind the end with zeros, or with the end', () => {
    expect([...tokenizer.encode('a dog', { contextLength: 6 })]).toEqual([49406, 320, 1929, 49407, 0, 0]);
    expect([...tokenizer.encode('a dog', { contextLength: 6, padding: 'end' })]).toEqual([
      49406, 320, 1929, 49407, 49407, 49407,
    ]);
    expect(tokenizer.encode('a dog')).toHaveLength(77);
  });

  test('takes contractions, digits and signs apart', () => {
    const split = (text: string) => inner(text).map((id) => tokenizer.decode([id]));
    expect(split("It's what they'll")).toEqual(['it', "'s", 'what', 'they', "'ll"]);
    expect(split('in 2021!!')).toEqual(['in', '2', '0', '2', '1', '!!']);
  });

  test('sees curly quotes, entities, full width and case as the plain text', () => {
    const plain = inner(`it's "fish & chips"`);
    expect(inner('It’s “fish &amp;amp; chips”')).toEqual(plain);
    expect(inner('ＩＴ＇Ｓ\u3000"ﬁsh &amp;\r\nchips"  ')).toEqual(plain);
  });

  test('refuses a text that is too long, or cuts it where that is allowed', () => {
    const long = 'dog '.repeat(80);
    expect(() => tokenizer.encode(long)).toThrow(TextTooLongError);
    const cut = tokenizer.encode(long, { truncate: true });
    expect(cut).toHaveLength(77);
    expect([cut[0], cut[75], cut[76]]).toEqual([49406, 1929, 49407]);
  });
});

describe('decode', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.lorem(),
  );
  const dense = (value: string) => value.replace(/\s+/g, '');

  test('gives back the clean text, but for spaces', () => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(!value.includes('<|'));
        const ids = tokenizer.encode(value, { contextLength: 2000 });
        expect(dense(tokenizer.decode(ids))).toBe(dense(cleanText(value)));
      }),
    );
  });

  test('gives a text of the same tokens', () => {
    fc.assert(
      fc.property(fc.lorem(), (value) => {
        const ids = tokenizer.encode(value, { contextLength: 2000 });
        expect(tokenizer.encode(tokenizer.decode(ids), { contextLength: 2000 })).toEqual(ids);
      }),
    );
  });

  test('keeps emoji and other scripts', () => {
    expect(tokenizer.decode(tokenizer.encode('Ein 🐕‍🦺 läuft, 猫も走る'))).toBe('ein 🐕‍🦺 läuft , 猫も走る');
  });

  test('refuses an id beyond the vocabulary', () => {
    expect(() => tokenizer.decode([49408])).toThrow(UnknownTokenError);
  });
});

describe('a vocabulary of a Hugging Face folder', () => {
  const folder = temporaryFolder();

  function write(name: string, ids: Record<string, number>, merges: string[]): string {
    const path = folder.path(name);
    mkdirSync(path);
    writeFileSync(`${path}/vocab.json`, JSON.stringify(ids));
    writeFileSync(`${path}/merges.txt`, ['#version: 0.2', ...merges, ''].join('\n'));
    return path;
  }

  test('encodes like the shipped one', () => {
    const { ids, ranks } = clipVocabulary();
    const path = write('whole', Object.fromEntries(ids), [...ranks.keys()]);
    expect(clipTokenizer(readVocabulary(path)).encode('a diagram of a dog')).toEqual(
      tokenizer.encode('a diagram of a dog'),
    );
  });

  test('must hold every token that merges can make', () => {
    const { ids, ranks } = clipVocabulary();
    const short = Object.fromEntries([...ids].filter(([token]) => token !== 'dog</w>'));
    const path = write('short', short, [...ranks.keys()]);
    expect(() => readVocabulary(path)).toThrow(MalformedVocabularyError);
    expect(() => readVocabulary(folder.path('absent'))).toThrow(MalformedVocabularyError);
  });
});

describe.skipIf(!sharedMaterial.present)(`Reference texts${sharedMaterial.note}`, () => {
  test.each(['clip_rn50.json', 'clip_vit_small.json'])('have the ids recorded in %s', (file) => {
    const { input_ids: ids } = sharedMaterial.json('fixtures', file) as { input_ids: number[][] };
    const texts = ['a photo of a dog', 'a photo of a cat'];
    expect(texts.map((text) => [...tokenizer.encode(text, { padding: 'end' })])).toEqual(ids);
  });
});
