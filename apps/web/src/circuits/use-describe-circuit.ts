import type { FoundCircuitUnit } from '@fovea/client';
import { useQueryClient } from '@tanstack/react-query';
import { unitKey } from './circuit.ts';
import type { CircuitFile } from './circuit-file.ts';
import { findCircuitQuery } from './queries.ts';

/** As many as one request may name. */
const AT_ONCE = 40;
const IMAGE_ORDINAL = -1;

/** Looks up the pictures and places of a circuit's units. Throws where the model, or a unit of it, is not here. */
export function useDescribeCircuit(): (circuit: CircuitFile) => Promise<FoundCircuitUnit[]> {
  const queries = useQueryClient();
  return async ({ model, graph }) => {
    const known = new Map<string, FoundCircuitUnit>();
    const ofLayers = graph.units.filter(({ layer }) => layer !== 'image');
    for (let start = 0; start < ofLayers.length; start += AT_ONCE) {
      const found = await queries.fetchQuery(
        findCircuitQuery(model, ofLayers.slice(start, start + AT_ONCE), 0),
      );
      for (const unit of found.units) known.set(unitKey(unit), unit);
    }
    return graph.units.map(
      (unit) => known.get(unitKey(unit)) ?? { ...unit, label: null, ordinal: IMAGE_ORDINAL, thumbnail: null },
    );
  };
}
