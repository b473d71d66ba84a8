/** The names of classes in a configuration beside weights. */
import { z } from 'zod';

const configSchema = z.object({
  id2label: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
  label_names: z.array(z.string()).optional(),
  pretrained_cfg: z
    .object({ label_names: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
});

/** transformers writes these where nobody named the classes. */
const placeholder = /^LABEL_\d+$/;

/** In the order of the logits; undefined where they are not named. */
export function configuredClasses(config: unknown): string[] | undefined {
  const parsed = configSchema.safeParse(config);
  if (!parsed.success) return undefined;
  const { id2label, label_names, pretrained_cfg } = parsed.data;
  const names = label_names ?? pretrained_cfg?.label_names ?? (id2label && inOrder(id2label));
  return names?.every((name) => placeholder.test(name)) ? undefined : names;
}

function inOrder(id2label: Readonly<Record<string, string>>): string[] | undefined {
  const names = Object.keys(id2label).map((_, index) => id2label[index]);
  return names.every((name) => name !== undefined) ? names : undefined;
}
