'use client';
import type { ImageActivationsResult as Result } from '@fovea/experiments/schema';
import type { ResultProps } from '../kind-view.ts';
import { FiringUnits } from './firing-units.tsx';

export function ImageActivationsResult({ run, artifacts }: ResultProps) {
  const result = run.status === 'succeeded' ? (run.result as Result | null) : null;
  if (!result || run.model === null) return <p className="text-muted">The image has not gone through yet.</p>;
  return <FiringUnits model={run.model} result={result} artifacts={artifacts} />;
}
