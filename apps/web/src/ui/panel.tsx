import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface PanelProps {
  title: string;
  /** Stands at the right of the title: a count, a button. */
  aside?: ReactNode;
  className?: string;
  /** Leaves the margins to what it holds. */
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, aside, className, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classNames('rounded-lg border bg-surface', className)}>
      <div className="flex min-h-10 items-center justify-between gap-3 border-b px-4 py-1.5">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
}
