'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { classNames } from './class-names.ts';

export interface SelectOption {
  value: string;
  label: string;
  /** A second, quieter line. */
  hint?: string;
}

interface SelectProps {
  value: string;
  options: readonly SelectOption[];
  onChange: (value: string) => void;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  disabled?: boolean;
  className?: string;
}

export function Select({ value, options, onChange, disabled, className, ...rest }: SelectProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange} disabled={disabled}>
      <Radix.Trigger
        {...rest}
        className={classNames(
          'inline-flex h-9 min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong/60 bg-surface px-2.5',
          'text-left hover:bg-sunken aria-invalid:border-bad disabled:opacity-50',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder="Choose" />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border bg-surface shadow-lg"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex items-start gap-2 rounded py-1.5 pr-3 pl-2 outline-none data-highlighted:bg-accent-soft"
              >
                <span className="mt-0.5 size-4 shrink-0">
                  <Radix.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent" />
                  </Radix.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="block max-w-lg text-xs text-muted">{option.hint}</span>}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
