/** Where the files of an index lie: `<layer>/<part>/`, and `<part>/` for what looks at all layers together. */
import type { RunEvent, UnitPicture } from '@fovea/experiments';
import type { IndexPart } from '@fovea/experiments/schema';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface SavedPicture extends UnitPicture {
  /** Within the folder of the index. */
  readonly file: string;
}

export interface SavedFiles {
  readonly bytes: number;
  readonly pictures: readonly SavedPicture[];
}

/** Layers may have slashes in their names. */
export const folderOfLayer = (layer: string): string => encodeURIComponent(layer);

/** Takes the events of one run, and writes them down as they come; findings at the end. */
export function runFolder(
  root: string,
  { part, layer }: { readonly part: IndexPart; readonly layer: string | null },
) {
  const folder = layer === null ? part : join(folderOfLayer(layer), part);
  const pictures: SavedPicture[] = [];
  const findings = new Map<string, Finding>();
  let bytes = 0;

  async function save(file: string, content: Uint8Array): Promise<void> {
    const path = join(root, file);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    bytes += content.byteLength;
  }

  return {
    async take(event: RunEvent): Promise<void> {
      if (event.type === 'artifact') {
        const file = join(folder, basename(event.name));
        await save(file, event.bytes);
        if (event.picture) pictures.push({ ...event.picture, file });
      }
      if (event.type === 'units' || event.type === 'layer') addFinding(findings, event);
    },
    async end(): Promise<SavedFiles> {
      for (const { layer: of, kind, subject, ...found } of findings.values()) {
        const name = [kind, subject].filter((each) => each !== '').join(' ');
        const content = `${JSON.stringify({ layer: of, kind, subject, ...found })}\n`;
        const file = join(folderOfLayer(of), `${encodeURIComponent(name)}.json`);
        await save(file, new TextEncoder().encode(content));
      }
      return { bytes, pictures };
    },
  };
}

/** What is known of a layer and of its units, of one kind and subject. */
interface Finding {
  readonly layer: string;
  readonly kind: string;
  readonly subject: string;
  data: unknown;
  readonly units: unknown[];
}

type FindingEvent = Extract<RunEvent, { type: 'units' | 'layer' }>;

function addFinding(findings: Map<string, Finding>, event: FindingEvent): void {
  const { layer, kind, subject } = event;
  const key = JSON.stringify([layer, kind, subject]);
  const finding = findings.get(key) ?? { layer, kind, subject, data: null, units: [] };
  findings.set(key, finding);
  if (event.type === 'layer') finding.data = event.data;
  else finding.units.push(...event.units);
}
