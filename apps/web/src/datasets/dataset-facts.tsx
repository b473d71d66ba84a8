import type { Dataset } from '@fovea/client';
import { formatBytes, formatInteger } from '../format/number.ts';
import { DefinitionList, type Definition } from '../ui/definition-list.tsx';
import { Digest } from '../ui/digest.tsx';
import { Panel } from '../ui/panel.tsx';
import { kindText } from './kind-text.ts';

export function DatasetFacts({ dataset }: { dataset: Dataset }) {
  return (
    <Panel title="Facts">
      <DefinitionList items={factsOf(dataset)} />
    </Panel>
  );
}

function factsOf(dataset: Dataset): Definition[] {
  const { images, imageSize, bytes, kind, columns, parameters, duplicates, license, source } = dataset;
  const drawnWith = Object.keys(parameters).length > 0 ? JSON.stringify(parameters) : null;
  const optional: [string, Definition['value'] | null][] = [
    ['Size', imageSize ? `${imageSize.height} × ${imageSize.width} px` : 'various'],
    ['Stored', bytes > 0 ? formatBytes(bytes) : null],
    [
      'Columns',
      columns.length > 0
        ? columns.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)).join(', ')
        : null,
    ],
    ['Drawn with', drawnWith && <code className="text-xs">{drawnWith}</code>],
    ['Duplicates', duplicates.count > 0 ? formatInteger(duplicates.count) : null],
    ['Source', source],
  ];
  return [
    { term: 'Kind', value: kindText(kind) },
    { term: 'Images', value: formatInteger(images) },
    ...optional.flatMap(([term, value]) => (value === null ? [] : [{ term, value }])),
    { term: 'Licence', value: license ?? <span className="text-muted">not stated</span> },
    { term: 'Digest', value: <Digest value={dataset.digest} what="Dataset digest" /> },
  ];
}
