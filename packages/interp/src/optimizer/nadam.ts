import { zerosLike, type Optimizer } from './optimizer.ts';

/** How the momentum of the schedule grows with the number of updates. */
const scheduleBase = 0.96;
const scheduleDecay = 0.004;

/** Adam with Nesterov momentum (Dozat 2016), with the momentum schedule of Keras, which MaCo and Horama use. */
export function nadam(learningRate: number, { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = {}): Optimizer {
  const momentum = (update: number) => beta1 * (1 - 0.5 * scheduleBase ** (scheduleDecay * update));
  return {
    initial: (lengths) => [...zerosLike(lengths), ...zerosLike(lengths)],
    step(parameters, gradients, memory, update) {
      const now = momentum(update);
      const next = momentum(update + 1);
      let product = 1;
      for (let past = 1; past <= update; past++) product *= momentum(past);
      parameters.forEach((parameter, index) => {
        const gradient = gradients[index]!;
        const first = memory[index]!;
        const second = memory[parameters.length + index]!;
        for (let i = 0; i < parameter.length; i++) {
          const g = gradient[i]!;
          first[i] = beta1 * first[i]! + (1 - beta1) * g;
          second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
          const ahead = ((1 - now) * g) / (1 - product) + (next * first[i]!) / (1 - product * next);
          const spread = Math.sqrt(second[i]! / (1 - beta2 ** update));
          parameter[i] = parameter[i]! - (learningRate * ahead) / (spread + epsilon);
        }
      });
    },
  };
}
