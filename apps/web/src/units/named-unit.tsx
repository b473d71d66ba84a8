import type { Unit as KnownUnit } from '@fovea/client';
import Link from 'next/link';
import { throughDashboard } from '../api/client.ts';
import { formatUnit, type Unit } from '../models/unit.ts';
import { unitHref } from './unit-href.ts';

interface NamedUnitProps {
  /** On whose page it is named. */
  of: KnownUnit;
  unit: Unit;
  /** Beside the name. */
  children?: React.ReactNode;
}

/** Another unit by its picture, which leads to its page. */
export function NamedUnit({ of, unit, children }: NamedUnitProps) {
  const thumbnail = of.thumbnails[formatUnit(unit)];
  const name = unit.layer === of.layer.name ? `:${unit.channel}` : formatUnit(unit);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Link
        href={unitHref(of.model, unit)}
        aria-label={formatUnit(unit)}
        className="size-12 shrink-0 overflow-hidden rounded-md bg-sunken"
      >
        {thumbnail && (
          <img src={throughDashboard(thumbnail)} alt="" loading="lazy" className="size-full object-cover" />
        )}
      </Link>
      <div className="min-w-0 text-xs">
        <Link href={unitHref(of.model, unit)} className="block truncate font-mono hover:underline">
          {name}
        </Link>
        {children && <div className="text-muted">{children}</div>}
      </div>
    </div>
  );
}
