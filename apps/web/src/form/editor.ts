import { createContext, use } from 'react';
import type { JsonSchema } from './json-schema.ts';

/** Every editor shows a value and reports a new one; where the value lies in the form is for errors only. */
export interface EditorProps {
  schema: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  path: string;
  label: string;
}

export interface FormSurroundings {
  /** The whole schema, for references. */
  root: JsonSchema;
  /** The message at a path such as `input.objective.left`, if something is wrong there. */
  errorAt: (path: string) => string | undefined;
}

const Surroundings = createContext<FormSurroundings | null>(null);

export const FormSurroundingsProvider = Surroundings.Provider;

export function useFormSurroundings(): FormSurroundings {
  const surroundings = use(Surroundings);
  if (!surroundings) throw new Error('An editor stands outside of a form');
  return surroundings;
}
