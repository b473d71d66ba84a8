'use client';
import type { Unit } from '@fovea/client';
import { Code2, Download, Plus, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { toast } from 'sonner';
import { API_PATH } from '../api/client.ts';
import { newCircuitHref } from '../circuits/new-circuit-href.ts';
import { formatUnit } from '../models/unit.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { embedSnippet } from './embed-snippet.ts';
import { unitHref } from './unit-href.ts';

const item = 'flex items-center gap-2 rounded px-2 py-1.5 outline-none data-highlighted:bg-accent-soft';

export function UnitActions({ unit }: { unit: Unit }) {
  const address = { layer: unit.layer.name, channel: unit.channel };
  const params = new URLSearchParams({ model: unit.model, objective: formatUnit(address) });
  return (
    <>
      <CopyButton what="Link" text={() => location.origin + unitHref(unit.model, address)}>
        Copy link
      </CopyButton>
      <ExportMenu unit={unit} />
      <Button asChild>
        <Link href={newCircuitHref(unit.model, [address])}>
          <Waypoints aria-hidden />
          Open in graph
        </Link>
      </Button>
      <Button asChild>
        <Link href={`/runs/new?${params}`}>
          <Plus aria-hidden />
          New run
        </Link>
      </Button>
    </>
  );
}

/** As the API names them. */
const tables = { measures: 'Measures', examples: 'Examples', tuning: 'Tuning', weights: 'Weights' } as const;

function ExportMenu({ unit }: { unit: Unit }) {
  const address = { layer: unit.layer.name, channel: unit.channel };
  const base = `${API_PATH}/models/${encodeURIComponent(unit.model)}/layers/${encodeURIComponent(address.layer)}/units/${address.channel}`;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-48 rounded-md border bg-surface p-1 shadow-lg"
        >
          <DropdownMenu.Item asChild className={item}>
            <a href={`${base}/archive`} download>
              Everything, as a zip file
            </a>
          </DropdownMenu.Item>
          {Object.entries(tables).map(([table, title]) => (
            <DropdownMenu.Item key={table} asChild className={item}>
              <a href={`${base}/tables/${table}`} download>
                {title}, as CSV
              </a>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => copySnippet(unit.model, address)}>
            <Code2 aria-hidden className="size-4 text-muted" />
            Copy code to embed
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function copySnippet(model: string, address: { layer: string; channel: number }): void {
  navigator.clipboard.writeText(embedSnippet(location.origin, model, address)).then(
    () => toast.success('Code copied'),
    () => toast.error('The browser did not allow copying'),
  );
}
