'use client';
import { divergingColor, type WeightKernel } from '@fovea/experiments/schema';
import { Pixels } from './pixels.tsx';

interface KernelTileProps {
  /** Of which weights, in words: `mixed3b:342 to mixed4a:12`. */
  label: string;
  kernel: WeightKernel;
  /** The absolute value that has the palette's last colours; tiles with the same one can be compared. */
  largest: number;
  className?: string;
}

/** The weights between two units by relative position: red excites, blue inhibits. */
export function KernelTile({
  label,
  kernel: { height, width, values },
  largest,
  className,
}: KernelTileProps) {
  return (
    <Pixels
      label={label}
      width={width}
      height={height}
      colorOf={(index) => divergingColor(largest > 0 ? values[index]! / largest : 0)}
      deps={[values, largest]}
      className={className}
    />
  );
}
