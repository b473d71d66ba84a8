'use client';
import type { Layer } from '@fovea/client';
import { Waypoints, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId, useState } from 'react';
import { formatInteger } from '../format/number.ts';
import { Button } from '../ui/button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { LazyModelGraph } from './graph/lazy-model-graph.tsx';
import { hasUnits } from './layer-facts.ts';
import { formatUnit, type Unit } from './unit.ts';

interface ChooseInGraphProps {
  layers: readonly Layer[];
  unit: Unit | null;
  onChoose: (unit: Unit) => void;
}

/** A button that opens the graph of the model, to choose a unit in it. */
export function ChooseInGraph({ layers, unit, onChoose }: ChooseInGraphProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild>
        <Button disabled={layers.length === 0}>
          <Waypoints aria-hidden />
          Choose in graph
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/50" />
        <Dialog.Content
          aria-describedby={undefined}
          onEscapeKeyDown={(event) => isSearching(event.target) && event.preventDefault()}
          className="fixed inset-3 z-50 m-auto flex h-[min(52rem,calc(100vh-1.5rem))] max-w-7xl flex-col rounded-lg border bg-surface shadow-xl"
        >
          <div className="flex items-center justify-between border-b py-1.5 pr-2 pl-4">
            <Dialog.Title className="text-sm font-semibold">Choose a unit</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="small" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </div>
          <UnitChoice
            layers={layers}
            unit={unit}
            onChoose={(chosen) => {
              setIsOpen(false);
              onChoose(chosen);
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Escape empties a search before it closes the dialog. */
const isSearching = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';

function UnitChoice({ layers, unit, onChoose }: ChooseInGraphProps) {
  const [name, setName] = useState(unit?.layer);
  const [channel, setChannel] = useState(unit?.channel ?? 0);
  const layer = layers.find((candidate) => candidate.name === name && hasUnits(candidate));
  const isWithin =
    layer !== undefined && Number.isInteger(channel) && channel >= 0 && channel < layer.channels;
  return (
    <>
      <LazyModelGraph
        layers={layers}
        selected={layer?.name ?? null}
        onSelect={(chosen) => setName(chosen.name)}
        canSelect={hasUnits}
        className="flex-1"
      />
      <form
        className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t p-3"
        onSubmit={(event) => {
          event.preventDefault();
          // The form of the run, in which the dialog stands for React, is not to be sent.
          event.stopPropagation();
          if (isWithin) onChoose({ layer: layer.name, channel });
        }}
      >
        {layer ? (
          <>
            <span className="min-w-0 flex-1 truncate font-mono text-xs">{layer.name}</span>
            <ChannelField channels={layer.channels} channel={channel} onChange={setChannel} />
          </>
        ) : (
          <span className="flex-1 text-muted">Choose a layer with channels.</span>
        )}
        <Button type="submit" look="primary" disabled={!isWithin}>
          {isWithin ? `Use ${formatUnit({ layer: layer.name, channel })}` : 'Use'}
        </Button>
      </form>
    </>
  );
}

interface ChannelFieldProps {
  channels: number;
  channel: number;
  onChange: (channel: number) => void;
}

function ChannelField({ channels, channel, onChange }: ChannelFieldProps) {
  const id = useId();
  const isWithin = channel >= 0 && channel < channels;
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id}>Channel</label>
      <TextInput
        id={id}
        type="number"
        className="w-24"
        min={0}
        max={channels - 1}
        aria-invalid={!isWithin}
        aria-describedby={`${id}-bounds`}
        value={Number.isNaN(channel) ? '' : channel}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
      <span id={`${id}-bounds`} className={isWithin ? 'text-xs text-muted' : 'text-xs text-bad'}>
        0 to {formatInteger(channels - 1)}
      </span>
    </span>
  );
}
