'use client';
import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { toast } from 'sonner';
import { throughDashboard } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { circuitJson, type CircuitFile } from './circuit-file.ts';
import { circuitSvg } from './circuit-svg.ts';
import type { Drawing } from './drawing.ts';
import { saveFile } from './save-file.ts';
import { svgToPng } from './svg-to-png.ts';

interface ExportMenuProps {
  file: CircuitFile;
  /** Null until it is laid out. */
  drawing: Drawing | null;
}

const item = 'rounded px-2 py-1.5 outline-none data-highlighted:bg-accent-soft';

export function ExportMenu({ file, drawing }: ExportMenuProps) {
  const name =
    file.title
      .trim()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .toLowerCase() || 'circuit';
  const svg = async () => circuitSvg(drawing!, file.title || 'Circuit', await embeddedPictures(drawing!));

  async function save(make: () => Promise<Blob>, ending: string) {
    try {
      saveFile(await make(), `${name}.${ending}`);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The file could not be made');
    }
  }

  const formats = {
    SVG: () => save(async () => new Blob([await svg()], { type: 'image/svg+xml' }), 'svg'),
    PNG: () => save(async () => svgToPng(await svg()), 'png'),
    JSON: () => save(async () => new Blob([circuitJson(file)], { type: 'application/json' }), 'json'),
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button disabled={!drawing || drawing.units.length === 0}>
          <Download aria-hidden />
          Export
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-32 rounded-md border bg-surface p-1 shadow-lg"
        >
          {Object.entries(formats).map(([format, act]) => (
            <DropdownMenu.Item key={format} className={item} onSelect={() => void act()}>
              {format}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** As data addresses, by unit: a file must not point to links that expire. */
async function embeddedPictures({ units }: Drawing): Promise<Map<string, string>> {
  const pictures = units.map(async ({ key, thumbnail }) => {
    if (thumbnail === null) return [];
    const answer = await fetch(throughDashboard(thumbnail));
    if (!answer.ok) throw new Error(`The picture of ${key} could not be fetched: ${answer.status}`);
    return [[key, await dataAddress(await answer.blob())] as const];
  });
  return new Map((await Promise.all(pictures)).flat());
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error!));
    reader.readAsDataURL(blob);
  });
}
