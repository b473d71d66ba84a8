'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

interface DialogProps {
  title: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  className?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
}

/** Above the page, with a title and a way out; its content brings its own margins. */
export function Dialog({ title, open, onOpenChange, className, onKeyDown, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/50" />
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className={classNames(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-1.5rem)] w-[min(34rem,calc(100vw-1.5rem))] -translate-1/2 flex-col rounded-lg border bg-surface shadow-xl',
            className,
          )}
        >
          <div className="flex items-center justify-between gap-3 border-b py-1.5 pr-2 pl-4">
            <Radix.Title className="min-w-0 truncate text-sm font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <Button look="quiet" size="small" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
