'use client';
// A list of proposals has no HTML element of its own: it follows the ARIA pattern of a combobox that keeps the focus
// and names its active option.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import type { Layer } from '@fovea/client';
import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { shapeText } from '../layer-facts.ts';

/** More could not be read; typing on narrows them down. */
const MOST_SHOWN = 40;

interface GraphSearchProps {
  query: string;
  onQuery: (query: string) => void;
  /** In the order of computation. */
  found: readonly Layer[];
  onChoose: (layer: Layer) => void;
}

export function GraphSearch({ query, onQuery, found, onChoose }: GraphSearchProps) {
  const id = useId();
  const [active, setActive] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const shown = found.slice(0, MOST_SHOWN);
  const isListed = isOpen && query !== '';

  function choose(layer: Layer) {
    setIsOpen(false);
    onChoose(layer);
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1 };
    const next = moves[event.key];
    if (event.key === 'Escape') onQuery('');
    else if (event.key === 'Enter' && shown[active]) choose(shown[active]);
    else if (next !== undefined) {
      setIsOpen(true);
      setActive(Math.max(0, Math.min(shown.length - 1, next)));
    } else return;
    event.preventDefault();
    // In a dialog, Escape would close that as well.
    event.stopPropagation();
  }

  return (
    <div className="relative w-full max-w-80">
      <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-muted" />
      <TextInput
        type="search"
        role="combobox"
        aria-label="Find a layer"
        aria-expanded={isListed}
        aria-controls={`${id}-list`}
        aria-activedescendant={isListed && shown[active] ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        placeholder="Find a layer by name or kind"
        autoComplete="off"
        spellCheck={false}
        className="pl-8"
        value={query}
        onChange={({ target }) => {
          setActive(0);
          setIsOpen(true);
          onQuery(target.value);
        }}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Layers found"
        hidden={!isListed || shown.length === 0}
        className="absolute top-full left-0 z-20 mt-1 max-h-72 w-[min(32rem,calc(100vw-4rem))] overflow-y-auto rounded-md border bg-surface p-1 shadow-lg"
      >
        {shown.map((layer, index) => (
          <div
            key={layer.name}
            id={`${id}-${index}`}
            ref={index === active ? scrollIntoList : undefined}
            role="option"
            aria-selected={index === active}
            // Before the field loses the focus and with it the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(layer);
            }}
            className={classNames(
              'flex items-baseline justify-between gap-3 rounded px-2 py-1.5 hover:bg-sunken',
              index === active && 'bg-accent-soft',
            )}
          >
            <span className="min-w-0 truncate font-mono text-xs">{layer.name}</span>
            <span className="shrink-0 text-xs text-muted">
              {layer.kind} · {shapeText(layer)}
            </span>
          </div>
        ))}
      </div>
      <output className="sr-only">{isListed && `${found.length} layers found`}</output>
    </div>
  );
}

function scrollIntoList(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
