import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface Definition {
  term: string;
  value: ReactNode;
}

export function DefinitionList({ items, className }: { items: readonly Definition[]; className?: string }) {
  return (
    <dl className={classNames('grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5', className)}>
      {items.map(({ term, value }) => (
        <div key={term} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
