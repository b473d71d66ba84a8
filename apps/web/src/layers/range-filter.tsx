'use client';
import type { UnitList } from '@fovea/client';
import { SlidersHorizontal, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Field } from '../form/field.tsx';
import { formatValue } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { columnKey, findColumn, type MeasureRange } from './arrange-units.ts';
import { measureText } from './measure-names.ts';

interface RangeFilterProps {
  columns: UnitList['measures'];
  ranges: readonly MeasureRange[];
  onChange: (ranges: MeasureRange[]) => void;
}

/** Bounds on measures: a button that opens a form, and what was set by it. */
export function RangeFilter({ columns, ranges, onChange }: RangeFilterProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
        <Popover.Trigger asChild>
          <Button disabled={columns.length === 0}>
            <SlidersHorizontal aria-hidden />
            Measures
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={4}
            aria-label="Filter by a measure"
            className="z-50 w-[min(22rem,calc(100vw-2rem))] rounded-md border bg-surface p-4 shadow-lg"
          >
            <RangeForm
              columns={columns}
              onAdd={(range) => {
                setIsOpen(false);
                onChange([...ranges.filter(({ measure }) => measure !== range.measure), range]);
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {ranges.map((range) => (
        <span
          key={range.measure}
          className="inline-flex h-7 items-center gap-1 rounded-full border bg-surface pr-1 pl-2.5 text-xs"
        >
          {rangeText(columns, range)}
          <button
            type="button"
            aria-label={`Remove ${rangeText(columns, range)}`}
            className="rounded-full p-1 text-muted hover:bg-sunken hover:text-ink"
            onClick={() => onChange(ranges.filter((other) => other !== range))}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
    </>
  );
}

function rangeText(columns: UnitList['measures'], { measure, from, to }: MeasureRange): string {
  const column = columns[findColumn(columns, measure)];
  const name = column ? measureText(column) : measure;
  if (from !== null && to !== null) return `${name} ${formatValue(from)} to ${formatValue(to)}`;
  return from === null ? `${name} ≤ ${formatValue(to ?? Infinity)}` : `${name} ≥ ${formatValue(from)}`;
}

function RangeForm({
  columns,
  onAdd,
}: {
  columns: UnitList['measures'];
  onAdd: (range: MeasureRange) => void;
}) {
  const [measure, setMeasure] = useState(columnKey(columns[0]!));
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [lower, upper] = [numberOf(from), numberOf(to)];
  const isEmpty = lower === null && upper === null;
  const isCrossed = lower !== null && upper !== null && lower > upper;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty && !isCrossed) onAdd({ measure, from: lower, to: upper });
      }}
    >
      <Field label="Measure">
        {(control) => (
          <Select
            {...control}
            value={measure}
            onChange={setMeasure}
            options={columns.map((column) => ({ value: columnKey(column), label: measureText(column) }))}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="At least" error={isCrossed ? 'Above the upper bound' : undefined}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              type="number"
              step="any"
              value={from}
              onChange={({ target }) => setFrom(target.value)}
            />
          )}
        </Field>
        <Field label="At most">
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              type="number"
              step="any"
              value={to}
              onChange={({ target }) => setTo(target.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" look="primary" disabled={isEmpty || isCrossed}>
        Filter
      </Button>
    </form>
  );
}

const numberOf = (text: string): number | null => (text === '' ? null : Number(text));
