'use client';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <>
      <h1 className="sr-only">Error</h1>
      <Notice tone="error" title="This page broke" actions={<Button onClick={reset}>Try again</Button>}>
        <p>{error.message}</p>
        <p className="mt-1 text-muted">Your runs are not affected: they go on without the dashboard.</p>
      </Notice>
    </>
  );
}
