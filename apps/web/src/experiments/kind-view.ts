import type { Artifact, Run } from '@fovea/client';
import type { ComponentType } from 'react';
import type { Preview } from '../runs/timeline.ts';

export interface ResultProps {
  run: Run;
  artifacts: readonly Artifact[];
  /** In the order in which they came. */
  previews: readonly Preview[];
}

/** How the pages show what a kind of experiment makes. */
export interface KindView {
  /** What an input asks for, in a few words: `mixed4a:97`. */
  subject(input: Readonly<Record<string, unknown>>): string;
  /** A value of the input in words, where its JSON would be hard to read. */
  valueText?(name: string, value: unknown): string | undefined;
  /** Its steps lower a loss, whose curve is shown from the start. */
  hasLoss?: boolean;
  /** The result on the page of its run, from the first preview on. */
  Result: ComponentType<ResultProps>;
}
