'use client';
import { ArrowUpRight, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { formatValue } from '../format/number.ts';
import { Picture } from '../runs/picture.tsx';
import { Button } from '../ui/button.tsx';
import { unitHref } from '../units/unit-href.ts';
import { KernelTile } from '../weights/kernel-tile.tsx';
import { shownEdges, unitKey, type Circuit, type ShownEdge } from './circuit.ts';

interface UnitDetailsProps {
  model: string;
  circuit: Circuit;
  selected: string;
  onSelect: (key: string) => void;
  onExpand: () => void;
  isExpanding: boolean;
  onRemove: () => void;
}

/** The unit that is selected, with its weights as a list. */
export function UnitDetails(props: UnitDetailsProps) {
  const { model, circuit, selected, onSelect, onExpand, isExpanding, onRemove } = props;
  const unit = circuit.graph.units.find((one) => unitKey(one) === selected);
  if (!unit) return null;
  const { label = null, thumbnail = null, ordinal = -1 } = circuit.known.get(selected) ?? {};
  const edges = shownEdges(circuit.graph).toReversed();
  return (
    <div className="flex flex-col gap-3">
      <Picture
        url={thumbnail ?? undefined}
        alt={`What ${selected} is excited by`}
        className="aspect-square w-40"
      />
      <p className="font-mono font-semibold break-all">
        {selected}
        {label && <span className="block font-sans font-normal text-muted">{label}</span>}
      </p>
      <div className="flex flex-wrap gap-2">
        {ordinal >= 0 && (
          <>
            <Button asChild size="small">
              <Link href={unitHref(model, unit)}>
                <ArrowUpRight aria-hidden />
                Open
              </Link>
            </Button>
            <Button size="small" onClick={onExpand} disabled={isExpanding}>
              <Plus aria-hidden />
              {isExpanding ? 'Looking …' : 'Its neighbours'}
            </Button>
          </>
        )}
        <Button size="small" onClick={onRemove}>
          <Trash2 aria-hidden />
          Remove
        </Button>
      </div>
      <EdgeList
        title="Inputs"
        edges={edges.filter(({ to }) => unitKey(to) === selected)}
        otherOf={({ from }) => unitKey(from)}
        onSelect={onSelect}
      />
      <EdgeList
        title="Outputs"
        edges={edges.filter(({ from }) => unitKey(from) === selected)}
        otherOf={({ to }) => unitKey(to)}
        onSelect={onSelect}
      />
    </div>
  );
}

interface EdgeListProps {
  title: string;
  edges: readonly ShownEdge[];
  otherOf: (edge: ShownEdge) => string;
  onSelect: (key: string) => void;
}

function EdgeList({ title, edges, otherOf, onSelect }: EdgeListProps) {
  if (edges.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs text-muted">{title}</h3>
      <ul className="flex flex-col gap-1.5">
        {edges.map((edge) => (
          <li key={edge.key} className="flex items-center gap-2 text-xs">
            <KernelTile
              kernel={edge.kernel}
              largest={edge.largest}
              label={`Weights ${edge.key}`}
              className="size-9"
            />
            <div className="min-w-0">
              <button
                type="button"
                className="block max-w-full truncate font-mono hover:underline"
                onClick={() => onSelect(otherOf(edge))}
              >
                {otherOf(edge)}
              </button>
              <span className="text-muted">
                {edge.inhibits ? 'inhibits' : 'excites'} · ‖w‖ {formatValue(edge.l2)}, Σ{' '}
                {formatValue(edge.sum)}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
