'use client';
// A list that is drawn only where it is seen has no HTML element of its own: it follows the ARIA pattern of a
// listbox that keeps the focus and names its active option.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import type { Layer } from '@fovea/client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { formatInteger } from '../format/number.ts';
import { classNames } from '../ui/class-names.ts';
import { TextInput } from '../ui/text-input.tsx';

const COLUMNS = 8;
const ROW_HEIGHT = 32;

interface ChannelGridProps {
  layer: Layer;
  channel: number;
  onChange: (channel: number) => void;
}

/** All channels of a layer, by number. One stop for the keyboard, with arrows inside; rows beyond sight are not drawn. */
export function ChannelGrid({ layer: { name, channels }, channel, onChange }: ChannelGridProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized
  const rows = useVirtualizer({
    count: Math.ceil(channels / COLUMNS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const chosenRow = Math.floor(channel / COLUMNS);
  useEffect(() => {
    rows.scrollToIndex(chosenRow);
  }, [rows, chosenRow, name]);

  function move(event: KeyboardEvent) {
    const next = moves[event.key]?.(channel, channels);
    if (next === undefined) return;
    event.preventDefault();
    onChange(Math.max(0, Math.min(channels - 1, next)));
  }

  return (
    <div className="flex min-h-0 flex-col max-sm:h-72 max-sm:border-t sm:border-l">
      <div className="flex items-center gap-3 border-b p-2">
        <label htmlFor={`${id}-number`} className="text-muted">
          Channel
        </label>
        <TextInput
          id={`${id}-number`}
          type="number"
          className="w-24"
          min={0}
          max={channels - 1}
          value={channel}
          onChange={({ target }) => target.value !== '' && onChange(target.valueAsNumber)}
        />
        <span className="text-xs text-muted">0 to {formatInteger(channels - 1)}</span>
      </div>
      <div
        ref={scroller}
        role="listbox"
        aria-label={`Channels of ${name}`}
        aria-activedescendant={`${id}-${channel}`}
        tabIndex={0}
        onKeyDown={move}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="presentation"
              className="absolute inset-x-0 grid grid-cols-8 gap-1 px-1.5 pt-1"
              style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
            >
              {Array.from({ length: Math.min(COLUMNS, channels - index * COLUMNS) }, (_, column) => {
                const number = index * COLUMNS + column;
                return (
                  <div
                    key={number}
                    id={`${id}-${number}`}
                    role="option"
                    aria-selected={number === channel}
                    aria-posinset={number + 1}
                    aria-setsize={channels}
                    onClick={() => onChange(number)}
                    className={classNames(
                      'flex items-center justify-center rounded text-xs hover:bg-sunken',
                      number === channel && 'bg-accent text-accent-ink hover:bg-accent',
                    )}
                  >
                    {number}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const moves: Readonly<Record<string, (channel: number, channels: number) => number>> = {
  ArrowLeft: (channel) => channel - 1,
  ArrowRight: (channel) => channel + 1,
  ArrowUp: (channel) => channel - COLUMNS,
  ArrowDown: (channel) => channel + COLUMNS,
  Home: () => 0,
  End: (_, channels) => channels - 1,
};
