import type { IndexSummary } from '@fovea/client';
import { Ban, CircleCheck, CirclePause, LoaderCircle } from 'lucide-react';
import { classNames } from '../ui/class-names.ts';

const looks = {
  running: { label: 'Under way', color: 'bg-accent-soft text-accent', Icon: LoaderCircle },
  paused: { label: 'Paused', color: 'bg-warn-soft text-warn', Icon: CirclePause },
  finished: { label: 'Finished', color: 'bg-good-soft text-good', Icon: CircleCheck },
  cancelled: { label: 'Cancelled', color: 'bg-warn-soft text-warn', Icon: Ban },
};

export function IndexStatusBadge({ status }: Pick<IndexSummary, 'status'>) {
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
      {label}
    </span>
  );
}
