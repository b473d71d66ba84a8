import { Ban, CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react';
import type { RunStatus } from '@fovea/client';
import { classNames } from '../ui/class-names.ts';

export const STATUSES: readonly RunStatus[] = ['queued', 'running', 'succeeded', 'failed', 'cancelled'];

const looks = {
  queued: { label: 'Queued', color: 'bg-sunken text-muted', Icon: CircleDashed },
  running: { label: 'Running', color: 'bg-accent-soft text-accent', Icon: LoaderCircle },
  succeeded: { label: 'Succeeded', color: 'bg-good-soft text-good', Icon: CircleCheck },
  failed: { label: 'Failed', color: 'bg-bad-soft text-bad', Icon: CircleAlert },
  cancelled: { label: 'Cancelled', color: 'bg-warn-soft text-warn', Icon: Ban },
};

export const statusLabel = (status: RunStatus) => looks[status].label;

interface StatusBadgeProps {
  status: RunStatus;
  /** Leaves the word to screen readers where there is no room for it. */
  compact?: boolean;
}

export function StatusBadge({ status, compact }: StatusBadgeProps) {
  const { label, color, Icon } = looks[status];
  return (
    <span
      data-status={status}
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap',
        color,
      )}
    >
      <Icon aria-hidden className={classNames('size-3.5', status === 'running' && 'animate-spin')} />
      <span className={compact ? 'max-sm:sr-only' : undefined}>{label}</span>
    </span>
  );
}
