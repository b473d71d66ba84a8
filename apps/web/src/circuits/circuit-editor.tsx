'use client';
import type { FoundCircuit } from '@fovea/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { layersQuery } from '../api/queries.ts';
import { formatPercent } from '../format/number.ts';
import type { Unit } from '../models/unit.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { Slider } from '../ui/slider.tsx';
import { AddUnit } from './add-unit.tsx';
import { unitKey, withFound, withoutUnit, withPosition, type Circuit, type Position } from './circuit.ts';
import type { Drawing } from './drawing.ts';
import { LazyCircuitCanvas } from './lazy-circuit-canvas.tsx';
import { findCircuitQuery } from './queries.ts';
import { UnitDetails } from './unit-details.tsx';
import { UnknownWeights } from './unknown-weights.tsx';

const NEIGHBOURS = 2;
const STEPS = 20;

interface CircuitEditorProps {
  model: string;
  circuit: Circuit;
  onChange: (change: (circuit: Circuit) => Circuit) => void;
  onDraw: (drawing: Drawing) => void;
  /** Layers between which no weights are known. */
  unknown: FoundCircuit['unknown'];
  onUnknown: (unknown: FoundCircuit['unknown']) => void;
  /** Stands at the side, below the unit that is selected. */
  children: ReactNode;
}

export function CircuitEditor(props: CircuitEditorProps) {
  const { model, circuit, onChange, onDraw, unknown, onUnknown, children } = props;
  const queries = useQueryClient();
  const layers = useQuery(layersQuery(model));
  const [selected, setSelected] = useState<string | null>(null);
  const [isExpanding, setExpanding] = useState(false);
  const { units, threshold, positions } = circuit.graph;

  async function expand(unit: Unit, neighbours: number) {
    setExpanding(true);
    const chosen = units.filter(
      (one) =>
        one.chosen && unitKey(one) !== unitKey(unit) && circuit.known.get(unitKey(one))?.ordinal !== -1,
    );
    try {
      // Among all that are chosen, so that edges between them are found, and around the new one alone.
      const among = await queries.fetchQuery(findCircuitQuery(model, [unit, ...chosen], 0));
      const around = await queries.fetchQuery(findCircuitQuery(model, [unit], neighbours));
      onChange((before) => withFound(withFound(before, among), around));
      onUnknown(among.unknown);
      setSelected(unitKey(unit));
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The unit could not be found');
    } finally {
      setExpanding(false);
    }
  }

  const move = useCallback(
    (key: string, position: Position) => onChange((before) => withPosition(before, key, position)),
    [onChange],
  );
  const setThreshold = (share: number) =>
    onChange(({ graph, known }) => ({ known, graph: { ...graph, threshold: share } }));

  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="h-[min(52rem,75vh)] min-h-96 overflow-hidden rounded-lg border">
        {units.length === 0 ? (
          <EmptyState icon={Waypoints} title="No units yet">
            Add a unit to see which units excite and inhibit it, and which it drives.
          </EmptyState>
        ) : (
          <LazyCircuitCanvas
            circuit={circuit}
            selected={selected}
            onSelect={setSelected}
            onMove={move}
            onDraw={onDraw}
          />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {selected && (
          <Panel title="Unit">
            <UnitDetails
              model={model}
              circuit={circuit}
              selected={selected}
              onSelect={setSelected}
              isExpanding={isExpanding}
              onExpand={() => {
                const unit = units.find((one) => unitKey(one) === selected);
                if (unit) void expand(unit, NEIGHBOURS);
              }}
              onRemove={() => {
                setSelected(null);
                onChange((before) => withoutUnit(before, selected));
              }}
            />
          </Panel>
        )}
        {children}
        <Panel title="Units">
          <div className="flex flex-col gap-4">
            <AddUnit layers={layers.data ?? []} onAdd={(unit) => void expand(unit, NEIGHBOURS)} />
            {unknown.map((between) => (
              <UnknownWeights key={`${between.from} ${between.to}`} model={model} between={between} />
            ))}
            <div>
              <p className="mb-1 flex justify-between text-xs">
                <span className="text-muted">Weights from</span>
                <span>{formatPercent(threshold)} of the strongest</span>
              </p>
              <Slider
                label="Weakest weights that are shown"
                value={Math.round(threshold * STEPS)}
                max={STEPS}
                onChange={(step) => setThreshold(step / STEPS)}
                valueText={`${formatPercent(threshold)} of the strongest into a unit`}
              />
            </div>
            <Legend />
            {Object.keys(positions).length > 0 && (
              <Button
                size="small"
                onClick={() =>
                  onChange(({ graph, known }) => ({ known, graph: { ...graph, positions: {} } }))
                }
              >
                Put units back in rows
              </Button>
            )}
          </div>
        </Panel>
      </div>
    </div>
  );
}

function Legend() {
  return (
    <ul className="flex gap-4 text-xs text-muted">
      <li className="flex items-center gap-1.5">
        <svg aria-hidden viewBox="0 0 28 8" className="h-2 w-7 text-excites">
          <path d="M0 4H20M20 0L27 4L20 8Z" stroke="currentColor" strokeWidth={2} fill="currentColor" />
        </svg>
        excites
      </li>
      <li className="flex items-center gap-1.5">
        <svg aria-hidden viewBox="0 0 28 8" className="h-2 w-7 text-inhibits">
          <path d="M0 4H26" stroke="currentColor" strokeWidth={2} strokeDasharray="6 3" />
          <path d="M26 0V8" stroke="currentColor" strokeWidth={2} />
        </svg>
        inhibits
      </li>
    </ul>
  );
}
