import type { Failure } from '@fovea/client';
import { Notice } from '../ui/notice.tsx';

const faults: Record<Failure['fault'], { title: string; remedy: string }> = {
  input: {
    title: 'The input cannot work',
    remedy: 'Duplicate the run with changed parameters: a retry would fail in the same way.',
  },
  model: {
    title: 'The model is at fault',
    remedy: 'Check the checkpoint and the preprocessing on the page of the model, or try another unit.',
  },
  platform: {
    title: 'The platform failed',
    remedy: 'The input is sound. Retry: the run goes on from its last checkpoint.',
  },
};

export function FailureNotice({ error }: { error: Failure }) {
  const { title, remedy } = faults[error.fault];
  return (
    <Notice tone="error" title={title} className="mb-4">
      <p>{error.message}</p>
      <p className="mt-1 text-muted">
        {remedy} <code className="font-mono text-xs">{error.code}</code>
      </p>
    </Notice>
  );
}
