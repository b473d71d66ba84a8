/**
 * An objective as data: what a researcher writes in a form, stores with a run and reads back. Leaves name the
 * objectives of Lucid (and three of Lucent); the other nodes combine them.
 *
 * Positions: `x` indexes rows and `y` columns, as in Lucid; the default is the middle, shape // 2. `batch`
 * restricts an objective to one picture of the batch. The layer `input` is the picture before any transform.
 */
interface OfLayer {
  readonly layer: string;
  readonly batch?: number;
}

interface OfPosition extends OfLayer {
  readonly x?: number;
  readonly y?: number;
}

export type ObjectiveLeaf =
  | ({ readonly type: 'neuron'; readonly channel: number } & OfPosition)
  | ({ readonly type: 'channel'; readonly channel: number } & OfLayer)
  | ({
      readonly type: 'direction';
      readonly vector: readonly number[];
      readonly cossimPow?: number;
    } & OfLayer)
  | ({
      readonly type: 'directionNeuron';
      readonly vector: readonly number[];
      readonly cossimPow?: number;
    } & OfPosition)
  | ({ readonly type: 'directionCossim'; readonly vector: readonly number[] } & OfLayer)
  | {
      readonly type: 'tensorDirection';
      readonly layer: string;
      /** [height][width][channels] */
      readonly tensor: readonly (readonly (readonly number[])[])[];
      readonly cossimPow?: number;
    }
  | { readonly type: 'deepdream'; readonly layer: string }
  | { readonly type: 'totalVariation'; readonly layer?: string }
  | { readonly type: 'l1'; readonly layer?: string; readonly constant?: number; readonly batch?: number }
  | {
      readonly type: 'l2';
      readonly layer?: string;
      readonly constant?: number;
      readonly epsilon?: number;
      readonly batch?: number;
    }
  | { readonly type: 'blurInputEachStep' }
  | { readonly type: 'blurAlphaEachStep' }
  | {
      readonly type: 'channelInterpolate';
      readonly layer1: string;
      readonly channel1: number;
      readonly layer2: string;
      readonly channel2: number;
    }
  | {
      readonly type: 'penalizeBoundaryComplexity';
      /** Width of the boundary in pixels; without effect where a mask is given. */
      readonly w?: number;
      /** Grey level that the boundary is drawn to. */
      readonly c?: number;
      /** [height][width], what to penalise. */
      readonly mask?: readonly (readonly number[])[];
    }
  | { readonly type: 'alignment'; readonly layer: string; readonly decayRatio?: number }
  | { readonly type: 'diversity'; readonly layer: string }
  | {
      readonly type: 'inputDiff';
      /** [height][width][channels] in [0, 1] */
      readonly image: readonly (readonly (readonly number[])[])[];
    }
  | { readonly type: 'classLogit'; readonly layer: string; readonly label: string | number }
  | ({ readonly type: 'neuronWeight'; readonly weights: readonly number[] } & OfPosition)
  | ({ readonly type: 'channelWeight'; readonly weights: readonly number[] } & OfLayer)
  | ({
      readonly type: 'localgroupWeight';
      readonly weights: readonly number[];
      readonly wx: number;
      readonly wy: number;
    } & OfPosition);

export type ObjectiveExpression =
  | ObjectiveLeaf
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'add'; readonly left: ObjectiveExpression; readonly right: ObjectiveExpression }
  | { readonly type: 'subtract'; readonly left: ObjectiveExpression; readonly right: ObjectiveExpression }
  | { readonly type: 'multiply'; readonly left: ObjectiveExpression; readonly right: ObjectiveExpression }
  | { readonly type: 'scale'; readonly factor: number; readonly of: ObjectiveExpression }
  | { readonly type: 'negate'; readonly of: ObjectiveExpression }
  | { readonly type: 'sum'; readonly of: readonly ObjectiveExpression[] }
  | { readonly type: 'mean'; readonly of: readonly ObjectiveExpression[] };
