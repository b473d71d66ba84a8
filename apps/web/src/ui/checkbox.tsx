'use client';
import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';

export function Checkbox(props: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      {...props}
      // The border box is small; the area that takes the click is not.
      className="relative flex size-4.5 items-center justify-center rounded border border-line-strong bg-surface after:absolute after:-inset-2 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Radix.Indicator>
        <Check aria-hidden className="size-3.5 text-accent-ink" strokeWidth={3} />
      </Radix.Indicator>
    </Radix.Root>
  );
}
