import type { Dataset, DatasetImage } from '@fovea/client';
import { throughDashboard } from '../api/client.ts';
import { columnsText } from './columns-text.ts';

interface ImageTileProps {
  /** Undefined until it has come. */
  image: DatasetImage | undefined;
  /** Of the dataset. */
  columns: Dataset['columns'];
  place: number;
  total: number;
  /** Of the picture, in pixels. */
  size: number;
  isActive: boolean;
  onShow: (place: number) => void;
}

/** Twice the size at which it is shown, for dense screens. */
const THUMBNAIL = 256;

export function ImageTile({ image, columns, place, total, size, isActive, onShow }: ImageTileProps) {
  const caption = image && (image.class ?? (columnsText(image.columns, columns) || image.id));
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- its list does not hold all items
    <div role="listitem" aria-setsize={total} aria-posinset={place + 1} style={{ width: size }}>
      <button
        type="button"
        data-place={place}
        tabIndex={isActive ? 0 : -1}
        aria-label={
          image ? `${image.id}${image.class === null ? '' : `, ${image.class}`}` : `Image ${place + 1}`
        }
        onClick={() => onShow(place)}
        className="group block w-full rounded text-left"
      >
        <span
          className="block overflow-hidden rounded bg-sunken group-hover:ring-2 group-hover:ring-accent"
          style={{ width: size, height: size }}
        >
          {image && (
            <img
              src={`${throughDashboard(image.thumbnailUrl)}?side=${THUMBNAIL}`}
              alt=""
              width={size}
              height={size}
              loading="lazy"
              decoding="async"
              className="size-full object-contain"
            />
          )}
        </span>
        <span className="block truncate text-center text-xs text-muted">{caption}</span>
      </button>
    </div>
  );
}
