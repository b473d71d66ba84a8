import type { Hook, HookedModel, RunOptions } from '../hooked-model.ts';
import { chain } from './intervention.ts';

/**
 * The model with hooks that act in each of its runs, until the context is left:
 *
 *     using patched = withHooks(model, ablate(model, 'blocks.3.attn.z', { by: 'mean' }, { heads: [2] }));
 *
 * The model itself is never changed, so nothing can stay behind on it; contexts may be nested. After the
 * context the view runs like the model.
 */
export function withHooks(model: HookedModel, ...hooks: readonly Hook[]): HookedModel & Disposable {
  let present: readonly Hook[] = hooks;
  const run: HookedModel['run'] = (input, options: RunOptions = {}) => {
    const all = options.hook ? [...present, options.hook] : present;
    return model.run(input, { ...options, hook: all.length > 0 ? chain(...all) : undefined });
  };
  return {
    ...model,
    run,
    [Symbol.dispose]() {
      present = [];
    },
  };
}
