import type { RunSummary } from '@fovea/client';
import { kindTitle } from '../experiments/kinds.ts';
import { viewOf } from '../experiments/registry.ts';

/** What a run is about, in a few words: its title, else what its kind makes of the input. */
export function subjectOf(run: Pick<RunSummary, 'title' | 'kind' | 'input'>): string {
  return run.title ?? viewOf(run.kind)?.subject(run.input) ?? kindTitle(run.kind);
}
