import type { GroupActivations } from '@fovea/experiments/schema';
import { formatValue } from '../../format/number.ts';

/** The classes whose images drive the unit most, on the mean over images and positions. */
export function ClassMeans({ classes }: { classes: GroupActivations['classes'] }) {
  const highest = Math.max(...classes.map(({ mean }) => mean));
  return (
    <ol className="flex flex-col gap-1.5 text-xs">
      {classes.map(({ label, name, mean, images }) => (
        <li key={label} className="grid grid-cols-[minmax(0,1fr)_6rem_3.5rem] items-center gap-3">
          <span className="truncate" title={`${name}, ${images} images`}>
            {name}
          </span>
          <span aria-hidden className="h-1.5 rounded-full bg-sunken">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${highest > 0 ? Math.max(0, (100 * mean) / highest) : 0}%` }}
            />
          </span>
          <span className="text-right">{formatValue(mean)}</span>
        </li>
      ))}
    </ol>
  );
}
