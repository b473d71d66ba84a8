import {
  FixedSizeError,
  InvalidModelNameError,
  MalformedManifestError,
  ModelExistsError,
  UnknownLayerError,
  UnreadableCheckpointError,
} from '@fovea/models';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { failureOf } from './failure-of.ts';

it('finds the input at fault when it asks a model for what it lacks', () => {
  const failure = failureOf(new UnknownLayerError('squeezenet1_0', 'features.33', ['features.3']));
  expect(failure).toMatchObject({ fault: 'input', code: 'UNKNOWN_LAYER' });
  expect(failure.message).toContain('features.3');
});

it.each([
  new FixedSizeError('vit_tiny_patch16_224', [224, 224], [128, 128]),
  new InvalidModelNameError('../mine', 'expected letters'),
  new ModelExistsError('mine'),
  new UnreadableCheckpointError('weights.pth', 'it does not exist'),
])('finds the input at fault: $message', (error) => {
  expect(failureOf(error).fault).toBe('input');
});

it('finds the model at fault when its files are broken', () => {
  expect(failureOf(new MalformedManifestError('model.json', 'it is not JSON')).fault).toBe('model');
});

it('finds the input at fault when it does not fit its schema', () => {
  const { error } = z.object({ steps: z.int() }).safeParse({ steps: 'many' });
  expect(failureOf(error)).toMatchObject({ fault: 'input', code: 'INPUT_INVALID' });
});

it('keeps what an error says of itself, and calls the rest the fault of the platform', () => {
  const told = Object.assign(new Error('The loss is NaN at step 3'), {
    code: 'LOSS_NOT_FINITE',
    fault: 'input',
    details: { step: 3 },
  });
  expect(failureOf(told)).toEqual({
    fault: 'input',
    code: 'LOSS_NOT_FINITE',
    message: 'The loss is NaN at step 3',
    details: { step: 3 },
  });
  expect(failureOf(new TypeError('x is undefined'))).toMatchObject({ fault: 'platform', code: 'INTERNAL' });
  expect(failureOf('thrown text')).toMatchObject({ fault: 'platform', message: 'thrown text' });
});

it('finds the input at fault when it asks for more memory than there is', () => {
  const failure = failureOf(new Error('memory access out of bounds'));
  expect(failure).toMatchObject({ fault: 'input', code: 'OUT_OF_MEMORY' });
});
