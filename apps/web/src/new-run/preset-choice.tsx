'use client';
import { Button } from '../ui/button.tsx';

interface PresetChoiceProps {
  presets: Readonly<Record<string, Record<string, unknown>>>;
  input: Record<string, unknown>;
  onApply: (preset: Record<string, unknown>) => void;
}

/** Named starting points. One is on while all its values stand. */
export function PresetChoice({ presets, input, onApply }: PresetChoiceProps) {
  return (
    <div className="flex flex-wrap gap-1.5">
      {Object.entries(presets).map(([name, preset]) => {
        const isOn = Object.entries(preset).every(
          ([field, value]) => JSON.stringify(input[field]) === JSON.stringify(value),
        );
        return (
          <Button
            key={name}
            size="small"
            aria-pressed={isOn}
            className="font-mono aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => onApply(preset)}
          >
            {name}
          </Button>
        );
      })}
    </div>
  );
}
