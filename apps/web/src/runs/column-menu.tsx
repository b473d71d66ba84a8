'use client';
import { Check, Columns3 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Button } from '../ui/button.tsx';
import { columnTitles } from './run-columns.tsx';

interface ColumnMenuProps {
  isVisible: (column: string) => boolean;
  onChange: (column: string, visible: boolean) => void;
}

export function ColumnMenu({ isVisible, onChange }: ColumnMenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>
          <Columns3 aria-hidden />
          Columns
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-44 rounded-md border bg-surface p-1 shadow-lg"
        >
          {Object.entries(columnTitles).map(([column, title]) => (
            <DropdownMenu.CheckboxItem
              key={column}
              checked={isVisible(column)}
              onCheckedChange={(visible) => onChange(column, visible)}
              // Choosing several at once is the usual thing.
              onSelect={(event) => event.preventDefault()}
              className="flex items-center gap-2 rounded px-2 py-1.5 outline-none data-highlighted:bg-accent-soft"
            >
              <span className="size-4">
                <DropdownMenu.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent" />
                </DropdownMenu.ItemIndicator>
              </span>
              {title}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
