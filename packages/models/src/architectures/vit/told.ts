/** What the configuration beside a checkpoint says of a vision transformer that the shapes of its tensors do not. */
import { z } from 'zod';
import type { Preprocessing } from '../../preprocessing.ts';
import { huggingFaceActivation } from '../huggingface-activation.ts';
import { timmConfig } from '../timm-config.ts';
import { timmVits } from './published.ts';
import type { VitSize } from './size.ts';

export interface Told {
  readonly published?: (typeof timmVits)[number];
  readonly model?: string;
  readonly heads?: number;
  readonly activation?: VitSize['activation'];
  readonly epsilon?: number;
  readonly globalPool?: string;
  readonly imageSize?: readonly [height: number, width: number];
  readonly preprocessing: Partial<Preprocessing>;
}

const huggingFaceSchema = z.object({
  model_type: z.string(),
  hidden_act: z.string().default('gelu'),
  layer_norm_eps: z.number().positive().optional(),
  num_attention_heads: z.int().positive(),
  image_size: z.union([z.int(), z.tuple([z.int(), z.int()])]).optional(),
});

export function toldBy(config: unknown): Told {
  const huggingFace = huggingFaceSchema.safeParse(config);
  if (huggingFace.success) {
    const { model_type, hidden_act, layer_norm_eps, num_attention_heads, image_size } = huggingFace.data;
    return {
      model: model_type,
      heads: num_attention_heads,
      activation: huggingFaceActivation('vit', hidden_act),
      epsilon: layer_norm_eps,
      ...(image_size && {
        imageSize: typeof image_size === 'number' ? [image_size, image_size] : image_size,
      }),
      preprocessing: {},
    };
  }
  const timm = timmConfig(config);
  return { ...timm, published: timmVits.find(({ name }) => name === timm.architecture) };
}
