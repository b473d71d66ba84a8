'use client';
import { formatAge, formatMoment } from '../format/time.ts';
import { useNow } from '../format/use-now.ts';

const INTERVAL = 5_000;

/** How long ago, with the exact time for whoever points at it. */
export function Age({ date }: { date: string }) {
  const now = useNow(INTERVAL);
  return (
    <time dateTime={date} title={formatMoment(date)} className="whitespace-nowrap" suppressHydrationWarning>
      {formatAge(date, now)}
    </time>
  );
}
