'use client';
import Link from 'next/link';
import { Button } from '../ui/button.tsx';

const MOST = 8;

/** Comes up when runs are chosen; its place is kept at the bottom of the window, so nothing moves. */
export function CompareBar({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  if (ids.length === 0) return null;
  const comparable = ids.length >= 2 && ids.length <= MOST;
  return (
    <section
      aria-label="Selected runs"
      className="fixed bottom-4 left-1/2 z-20 flex max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-3 rounded-lg border border-line-strong/60 bg-surface py-2 pr-2 pl-4 shadow-xl"
    >
      <output className="whitespace-nowrap">
        <strong>{ids.length}</strong> selected
        {ids.length < 2 && <span className="text-muted max-sm:hidden"> · choose another to compare</span>}
        {ids.length > MOST && <span className="text-warn"> · at most {MOST} side by side</span>}
      </output>
      <Button look="quiet" onClick={onClear}>
        Clear
      </Button>
      {comparable ? (
        <Button asChild look="primary">
          <Link href={`/compare?runs=${ids.join(',')}`}>Compare</Link>
        </Button>
      ) : (
        <Button look="primary" disabled>
          Compare
        </Button>
      )}
    </section>
  );
}
