'use client';
import { useEffect, useRef } from 'react';
import { classNames } from '../ui/class-names.ts';
import type { LogLine } from './timeline.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const colors = { info: '', warning: 'text-warn', status: 'text-accent' };

/** Distance from the bottom, in pixels, up to which the reader counts as following the log. */
const FOLLOWING = 24;

export function RunLog({ lines }: { lines: readonly LogLine[] }) {
  const box = useRef<HTMLOListElement>(null);
  const following = useRef(true);

  useEffect(() => {
    if (lines.length > 0 && following.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines]);

  return (
    <ol
      ref={box}
      // Scrollable, so the keyboard must reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="Log"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight < FOLLOWING;
      }}
      className="h-48 overflow-y-auto font-mono text-xs leading-relaxed"
    >
      {lines.length === 0 && <li className="text-muted">Nothing yet</li>}
      {lines.map(({ at, level, message }, index) => (
        // Lines only ever get appended.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className="flex gap-3">
          <time dateTime={at} className="shrink-0 text-muted" suppressHydrationWarning>
            {clock.format(new Date(at))}
          </time>
          <span className={classNames('min-w-0 break-words', colors[level])}>
            {level === 'warning' && 'Warning: '}
            {message}
          </span>
        </li>
      ))}
    </ol>
  );
}
