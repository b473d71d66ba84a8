/** Sizes of a ResNet. */

export interface Plan {
  /** Channels of the first convolution. */
  readonly stem: number;
  readonly stages: readonly Stage[];
  readonly classes: number;
}

export interface Stage {
  /** Number of blocks. */
  readonly depth: number;
  /** Channels that its blocks write. */
  readonly width: number;
  /** Channels within a bottleneck; undefined for basic blocks. */
  readonly bottleneck?: number;
  /** Of a bottleneck's 3×3 convolution. */
  readonly groups?: number;
}

const widths = [64, 128, 256, 512];

function basic(depths: readonly number[]): Plan {
  return {
    stem: 64,
    stages: depths.map((depth, index) => ({ depth, width: widths[index]! })),
    classes: 1000,
  };
}

/** @param widening of the bottlenecks in relation to the article's */
function bottlenecks(depths: readonly number[], { widening = 1, groups = 1 } = {}): Plan {
  return {
    stem: 64,
    stages: depths.map((depth, index) => ({
      depth,
      width: 4 * widths[index]!,
      bottleneck: widening * widths[index]!,
      groups,
    })),
    classes: 1000,
  };
}

export const publishedPlans = {
  resnet18: basic([2, 2, 2, 2]),
  resnet34: basic([3, 4, 6, 3]),
  resnet50: bottlenecks([3, 4, 6, 3]),
  resnet101: bottlenecks([3, 4, 23, 3]),
  resnet152: bottlenecks([3, 8, 36, 3]),
  wide_resnet50_2: bottlenecks([3, 4, 6, 3], { widening: 2 }),
  wide_resnet101_2: bottlenecks([3, 4, 23, 3], { widening: 2 }),
  resnext50_32x4d: bottlenecks([3, 4, 6, 3], { widening: 2, groups: 32 }),
  resnext101_32x8d: bottlenecks([3, 4, 23, 3], { widening: 4, groups: 32 }),
  resnext101_64x4d: bottlenecks([3, 4, 23, 3], { widening: 4, groups: 64 }),
} satisfies Record<string, Plan>;
