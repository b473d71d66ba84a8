import type { ReactNode } from 'react';

interface PageHeadingProps {
  title: ReactNode;
  summary?: ReactNode;
  actions?: ReactNode;
}

export function PageHeading({ title, summary, actions }: PageHeadingProps) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        {summary && <div className="mt-1 max-w-prose text-muted">{summary}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
