/**
 * tfjs saves the scale of a batch norm for its gradient and looks at its offset, and fails where one is missing. A
 * gradient cannot choose what is saved by what is there, so both become explicit before the kernel runs.
 */
import * as tf from '@tensorflow/tfjs';

export function mendBatchNorm(): void {
  const engine = tf.engine();
  const runKernel = engine.runKernel.bind(engine);
  const complemented: typeof runKernel = (name, inputs, attrs) =>
    runKernel(name, name === tf.FusedBatchNorm ? complete(inputs) : inputs, attrs);
  engine.runKernel = complemented;
}

function complete(inputs: tf.NamedTensorMap): tf.NamedTensorMap {
  const mean = inputs.mean!;
  return { ...inputs, scale: inputs.scale ?? tf.onesLike(mean), offset: inputs.offset ?? tf.zerosLike(mean) };
}
