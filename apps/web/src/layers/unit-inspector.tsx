'use client';
import type { UnitList, UnitSummary } from '@fovea/client';
import { ArrowUpRight, ChartScatter, FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { formatValue } from '../format/number.ts';
import { Picture } from '../runs/picture.tsx';
import { Button } from '../ui/button.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { unitHref } from '../units/unit-href.ts';
import { columnKey } from './arrange-units.ts';
import { findMeasure, measureText } from './measure-names.ts';

interface UnitInspectorProps {
  model: string;
  layer: string;
  /** The one under the pointer or with the focus. */
  unit: UnitSummary | undefined;
  /** Of its picture. */
  url: string | null | undefined;
  columns: UnitList['measures'];
  onSortByLikeness: (channel: number) => void;
}

export function UnitInspector(props: UnitInspectorProps) {
  const { model, layer, unit, url, columns, onSortByLikeness } = props;
  if (!unit) return <p className="text-muted">Point at a unit to see its measures.</p>;
  const known = columns.flatMap((column, place) => {
    const value = unit.values[place] ?? null;
    return value === null ? [] : [{ column, value }];
  });
  const objective = `${layer}:${unit.channel}`;
  return (
    <div className="flex flex-col gap-3">
      <Picture
        url={url ?? undefined}
        alt={`What unit ${unit.channel} is excited by`}
        className="aspect-square w-full max-w-64"
      />
      <div>
        <p className="font-mono font-semibold break-words">{objective}</p>
        <p className="text-xs text-muted">
          {[unit.label, unit.branch && `branch ${unit.branch}`, ...unit.tags].filter(Boolean).join(' · ')}
        </p>
      </div>
      <DefinitionList
        className="grid-cols-[1fr_auto] text-xs"
        items={known.map(({ column, value }) => ({
          term: measureText(column),
          value: (
            <span
              className="whitespace-nowrap"
              title={findMeasure(column.name)?.description}
              key={columnKey(column)}
            >
              {formatValue(value)}
              {findMeasure(column.name)?.unit}
            </span>
          ),
        }))}
      />
      <div className="flex flex-wrap gap-2">
        <Button asChild size="small">
          <Link href={unitHref(model, { layer, channel: unit.channel })} prefetch={false}>
            <ArrowUpRight aria-hidden />
            Open
          </Link>
        </Button>
        <Button asChild size="small">
          <Link href={`/runs/new?${new URLSearchParams({ model, objective })}`} prefetch={false}>
            <FlaskConical aria-hidden />
            Visualize
          </Link>
        </Button>
        <Button size="small" onClick={() => onSortByLikeness(unit.channel)}>
          <ChartScatter aria-hidden />
          Fires like this
        </Button>
      </div>
    </div>
  );
}
