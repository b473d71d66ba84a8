/** Every kind of stimulus. */
import { closest } from 'fastest-levenshtein';
import { DatasetError } from '../errors.ts';
import { circle, corner, cross, line } from './figures.ts';
import { roundedCorner } from './rounded-corner.ts';
import type { Stimulus } from './stimulus.ts';
import { gabor, grating, highLowFrequency } from './waves.ts';

export { combination, combinationCount, stimulusAxes, type StimulusAxes } from './stimulus-axes.ts';
export type { Stimulus, StimulusParameters, StimulusValue } from './stimulus.ts';

export const stimuli: readonly Stimulus[] = [
  roundedCorner,
  corner,
  line,
  cross,
  circle,
  grating,
  gabor,
  highLowFrequency,
];

/** @throws DatasetError UNKNOWN_STIMULUS */
export function findStimulus(name: string): Stimulus {
  const found = stimuli.find((each) => each.name === name);
  if (found) return found;
  const names = stimuli.map((each) => each.name);
  throw new DatasetError(
    'UNKNOWN_STIMULUS',
    `No stimulus is called ${JSON.stringify(name)}. Did you mean ${closest(name, names)}? There are ${names.join(', ')}.`,
    { name, nearest: names },
  );
}
