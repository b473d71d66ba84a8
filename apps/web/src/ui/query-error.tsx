'use client';
import { isProblem } from '../api/client.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface QueryErrorProps {
  /** What could not be had, as in "the runs". */
  what: string;
  error: Error;
  onRetry: () => void;
}

export function QueryError({ what, error, onRetry }: QueryErrorProps) {
  const refused = isProblem(error);
  return (
    <Notice
      tone="error"
      title={refused ? error.problem.title : `Could not load ${what}`}
      actions={
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      <p>{error.message}</p>
      {!refused && (
        <p className="text-muted">
          The dashboard&apos;s own server does not answer: is `npm run demo` still running?
        </p>
      )}
    </Notice>
  );
}
