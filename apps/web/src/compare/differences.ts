/** What tells runs apart: their parameters side by side. */
import type { Run } from '@fovea/client';
import { parametersOf } from '../runs/parameters.ts';
import { formatValue } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import { statusLabel } from '../runs/status.tsx';

export interface ComparedRow {
  readonly name: string;
  readonly title: string;
  /** One for each run, in their order. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

const NONE = '–';

export function compareRuns(runs: readonly Run[]): ComparedRow[] {
  const columns = runs.map((run) => [...parametersOf(run.kind, run.input), ...circumstances(run)]);
  const titles = new Map(columns.flat().map(({ name, title }) => [name, title]));
  return [...titles].map(([name, title]) => {
    const values = columns.map((column) => column.find((one) => one.name === name)?.value ?? NONE);
    return { name, title, values, differs: new Set(values).size > 1 };
  });
}

interface Circumstance {
  readonly name: string;
  readonly title: string;
  readonly value: string;
}

/** Names have a colon, which no field of an input has. */
const circumstances = (run: Run): Circumstance[] => [
  { name: 'run:kind', title: 'Kind', value: `${run.kind} ${run.kindVersion}` },
  { name: 'run:seed', title: 'Seed', value: String(run.seed) },
  { name: 'run:digest', title: 'Model digest', value: run.modelDigest?.slice(0, 12) ?? NONE },
  { name: 'run:code', title: 'Code version', value: run.codeVersion },
  { name: 'run:backend', title: 'Backend', value: run.backend ?? NONE },
  { name: 'run:status', title: 'Status', value: statusLabel(run.status) },
  { name: 'run:loss', title: 'Loss', value: run.loss === null ? NONE : formatValue(run.loss) },
  { name: 'run:time', title: 'Computing time', value: formatDuration(run.wallSeconds * 1000) },
];
