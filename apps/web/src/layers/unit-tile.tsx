import type { UnitSummary } from '@fovea/client';
import { memo } from 'react';
import { throughDashboard } from '../api/client.ts';
import { familyOf } from './families.ts';

export interface UnitTileProps {
  unit: UnitSummary;
  href: string;
  /** As the API gave it; null where there is no picture yet. */
  url: string | null;
  /** Of the picture, in pixels. */
  size: number;
  /** The value that the units are sorted by. */
  value: string | null;
  branchColor: string | null;
  /** From 0. */
  index: number;
  total: number;
  isActive: boolean;
  onPoint: (index: number) => void;
}

/** Narrower ones show a picture alone. */
const CAPTION_FROM = 60;

/** Height of a tile with its caption. */
export const tileHeight = (size: number) => size + (size >= CAPTION_FROM ? 20 : 0);

export const UnitTile = memo(function UnitTile(props: UnitTileProps) {
  const { unit, href, url, size, value, branchColor, index, total, isActive, onPoint } = props;
  const family = familyOf(unit.tags);
  const name = unit.label ?? String(unit.channel);
  return (
    // Rows that are not seen are not drawn, so the list cannot count its items by itself.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="listitem" aria-setsize={total} aria-posinset={index + 1} style={{ width: size }}>
      {/* Hundreds come into sight in a second: Next's own links would cost more than the tiles. The grid follows them. */}
      <a
        href={href}
        data-index={index}
        tabIndex={isActive ? 0 : -1}
        onPointerEnter={() => onPoint(index)}
        onFocus={() => onPoint(index)}
        className="group block rounded-md focus-visible:outline-offset-1"
      >
        <span
          className="relative block overflow-hidden rounded-md bg-sunken group-hover:ring-2 group-hover:ring-accent"
          style={{ width: size, height: size }}
        >
          {url ? (
            <img
              src={throughDashboard(url)}
              alt=""
              width={size}
              height={size}
              decoding="async"
              className="size-full object-cover"
            />
          ) : (
            <Placeholder channel={unit.channel} size={size} />
          )}
          {family && size >= CAPTION_FROM && (
            <span className="absolute top-1 left-1 max-w-[calc(100%-0.5rem)] truncate rounded bg-black/65 px-1 text-[0.625rem] leading-4 text-white">
              {family}
            </span>
          )}
          {branchColor && (
            <span className="absolute inset-x-0 bottom-0 h-[3px]" style={{ background: branchColor }}>
              <span className="sr-only">branch {unit.branch}</span>
            </span>
          )}
        </span>
        {size < CAPTION_FROM && <span className="sr-only">{name}</span>}
        {size >= CAPTION_FROM && (
          <span className="flex h-5 items-center justify-between gap-1 px-0.5 text-[0.6875rem] leading-5">
            <span className="truncate font-mono">{name}</span>
            {value !== null && <span className="shrink-0 text-muted">{value}</span>}
          </span>
        )}
      </a>
    </div>
  );
});

/** The number of a unit in the place of a picture that is not made yet. */
function Placeholder({ channel, size }: { channel: number; size: number }) {
  return (
    <span
      aria-hidden
      className="flex size-full items-center justify-center rounded-md border border-dashed border-line-strong/40 font-mono text-muted"
      style={{ fontSize: Math.min(18, size / 4) }}
    >
      {channel}
    </span>
  );
}
