import { findKindSchema } from '@fovea/experiments/schema';
import { describe, expect, it } from 'vitest';
import { inputSchema } from '../runs/parameters.ts';
import { blankInput, fieldOf, formSchema, problemMessage, toRequest } from './form-values.ts';

const kind = findKindSchema('feature-visualization')!;
const blank = blankInput(inputSchema(kind.name)!);
const values = {
  title: ' ',
  seed: 1,
  priority: 0,
  force: false,
  input: { ...blank, model: 'fovea_mini', objective: 'a:1' },
};

describe('a blank form', () => {
  it('holds the defaults of the schema', () => {
    expect(blank).toMatchObject({ width: 128, steps: 513, diversityLayer: null, transforms: 'lucid' });
  });

  it('is refused until it names a model and an objective', () => {
    const result = formSchema(kind).safeParse({ ...values, input: blank });
    const paths = result.error?.issues.map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['input.model', 'input.objective']));
  });
});

describe('a filled form', () => {
  it('takes the default for a field that was emptied', () => {
    const parsed = formSchema(kind).parse({ ...values, input: { ...values.input, steps: null } });
    expect(parsed.input).toMatchObject({ steps: 513, diversityLayer: null });
  });

  it('leaves a title of blanks out of the request', () => {
    expect(toRequest(kind.name, values)).not.toHaveProperty('title');
  });
});

describe('a problem that the API found', () => {
  it('belongs to the field that its pointer names', () => {
    expect(fieldOf('/input/objective/of/0/layer')).toBe('input.objective.of.0.layer');
    expect(fieldOf('/seed')).toBe('seed');
  });

  it('names the nearest valid values once', () => {
    const pointer = '/input/model';
    expect(
      problemMessage({ in: 'body', pointer, detail: 'No model foo.', suggestions: ['fovea_mini'] }),
    ).toBe('No model foo. Nearest: fovea_mini.');
    expect(
      problemMessage({
        in: 'body',
        pointer,
        detail: 'No foo; is it fovea_mini?',
        suggestions: ['fovea_mini'],
      }),
    ).toBe('No foo; is it fovea_mini?');
  });
});
