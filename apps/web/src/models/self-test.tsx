import type { SelfTest } from '@fovea/client';
import { formatInteger, formatValue } from '../format/number.ts';
import { DefinitionList } from '../ui/definition-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';

/** What the import found out about a model by running it. */
export function SelfTestPanel({ result }: { result: SelfTest }) {
  const { warnings, images, input, layers } = result;
  const dead = layers.reduce((sum, layer) => sum + (layer.deadChannels ?? 0), 0);
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warning" title="The self-test warns">
          {warning}
        </Notice>
      ))}
      <Panel title="Self-test">
        <DefinitionList
          items={[
            {
              term: 'Outcome',
              value: warnings.length === 0 ? 'No warnings' : `${warnings.length} to look at`,
            },
            { term: 'Images', value: formatInteger(images) },
            { term: 'Input seen', value: `${formatValue(input.min)} to ${formatValue(input.max)}` },
            { term: 'Silent channels', value: dead === 0 ? 'none' : formatInteger(dead) },
          ]}
        />
      </Panel>
    </>
  );
}
