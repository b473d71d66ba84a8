/** What sweeps of datasets found out about a unit, with what they tell of its layer. */
import type { Unit } from '@fovea/client';
import {
  layerActivations,
  unitActivations,
  type GroupActivations,
  type LayerActivations,
} from '@fovea/experiments/schema';
import { findingsOf } from '../evidence.ts';

export type Tokens = GroupActivations['tokens'];

/** One dataset, and of a transformer one kind of tokens. */
export interface UnitSweep {
  readonly key: string;
  /** "imagenet", "imagenet, class token" */
  readonly title: string;
  readonly subject: string;
  readonly runId: string;
  readonly activations: GroupActivations;
  /** Of the dataset and the layer. */
  readonly layer: LayerActivations;
  /** Rows and columns of the activation maps. */
  readonly grid: readonly [number, number];
}

const titles: Readonly<Record<Tokens, string>> = {
  all: '',
  class: ', class token',
  extra: ', further tokens',
  patches: ', patches',
};

/** Newest first. */
export function sweepsOf(unit: Unit): UnitSweep[] {
  const layers = findingsOf(unit.layerEvidence, 'activation-sweep', layerActivations);
  return findingsOf(unit.evidence, 'activation-sweep', unitActivations).flatMap(
    ({ data, subject, runId }) => {
      const layer = layers.find((each) => each.subject === subject)?.data;
      if (!layer) return [];
      return data.groups.flatMap((activations, index) => {
        const { tokens } = activations;
        const grid = layer.groups[index]?.grid;
        if (!grid) return [];
        const title = layer.dataset + titles[tokens];
        return [{ key: `${subject} ${tokens}`, title, subject, runId, activations, layer, grid }];
      });
    },
  );
}
