import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const tones = {
  info: { box: 'border-accent/40 bg-accent-soft', mark: 'text-accent', Icon: Info },
  warning: { box: 'border-warn/40 bg-warn-soft', mark: 'text-warn', Icon: TriangleAlert },
  error: { box: 'border-bad/40 bg-bad-soft', mark: 'text-bad', Icon: CircleAlert },
};

interface NoticeProps {
  tone: keyof typeof tones;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function Notice({ tone, title, children, actions, className }: NoticeProps) {
  const { box, mark, Icon } = tones[tone];
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={classNames('flex gap-3 rounded-lg border px-4 py-3', box, className)}
    >
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{title}</p>
        {children && <div className="mt-1 break-words">{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 items-start gap-2">{actions}</div>}
    </div>
  );
}
