/** What is being typed of a stimulus set, and what it comes to. */
import { combinationCount, stimulusAxes, type Stimulus, type StimulusAxes } from '@fovea/data/stimuli';
import { textOf, valuesOf } from './values-text.ts';

/** Texts of the parameters, by name; empty for the default. */
export type ParameterTexts = Readonly<Record<string, string>>;

export interface ReadForm {
  /** What the API is given. */
  readonly parameters: Readonly<Record<string, ReturnType<typeof valuesOf>>>;
  /** Null where a value is wrong. */
  readonly axes: StimulusAxes | null;
  readonly count: number;
  /** By parameter. */
  readonly faults: Readonly<Record<string, string>>;
}

export const usualTexts = ({ usual }: Stimulus): ParameterTexts =>
  Object.fromEntries(Object.entries(usual).map(([name, values]) => [name, textOf(values)]));

export function readForm(stimulus: Stimulus, texts: ParameterTexts): ReadForm {
  const given = Object.entries(texts)
    .map(([name, text]) => [name, valuesOf(text)] as const)
    .filter(([, values]) => values.length > 0);
  const faults = given.flatMap(([name, values]) => {
    const messages = values.flatMap(
      (value) => stimulus.parameters[name]!.safeParse(value).error?.issues ?? [],
    );
    return messages.length > 0 ? [[name, messages[0]!.message] as const] : [];
  });
  const parameters = Object.fromEntries(given);
  const axes = faults.length === 0 ? stimulusAxes(stimulus, parameters) : null;
  return { parameters, axes, count: axes ? combinationCount(axes) : 0, faults: Object.fromEntries(faults) };
}
