'use client';
import { Slider as Radix } from 'radix-ui';

interface SliderProps {
  label: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
  valueText: string;
}

export function Slider({ label, value, max, onChange, valueText }: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      max={max}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      className="relative flex h-5 w-full touch-none items-center select-none"
    >
      <Radix.Track className="relative h-1 flex-1 rounded-full bg-line">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-4 rounded-full border-2 border-accent bg-surface"
      />
    </Radix.Root>
  );
}
