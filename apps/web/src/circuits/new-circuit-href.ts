import type { Unit } from '../models/unit.ts';
import { unitKey } from './circuit.ts';

/** The page of a new circuit that begins with these units. */
export const newCircuitHref = (model: string, units: readonly Unit[]) =>
  `/circuits/new?${new URLSearchParams({ model, unit: units.map(unitKey).join(',') })}`;
