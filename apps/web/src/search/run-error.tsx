import type { Run } from '@fovea/client';
import { FailureNotice } from '../runs/failure-notice.tsx';
import { Notice } from '../ui/notice.tsx';

/** Why a run gave nothing. */
export function RunError({ run }: { run: Run }) {
  return run.error ? (
    <FailureNotice error={run.error} />
  ) : (
    <Notice tone="warning" title="The run was cancelled" />
  );
}
