import { zerosLike, type Optimizer } from './optimizer.ts';

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Part of the parameters lost per unit of learning rate, apart from the gradient (AdamW). */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma and Ba 2014) as TensorFlow 1 has it: epsilon is added to the root of the uncorrected second moment,
 * the corrections go into the learning rate. With weight decay it is AdamW (Loshchilov and Hutter 2017).
 */
export function adam(
  learningRate: number,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamOptions = {},
): Optimizer {
  return {
    initial: (lengths) => [...zerosLike(lengths), ...zerosLike(lengths)],
    step(parameters, gradients, memory, update) {
      const rate = (learningRate * Math.sqrt(1 - beta2 ** update)) / (1 - beta1 ** update);
      parameters.forEach((parameter, index) => {
        const gradient = gradients[index]!;
        const first = memory[index]!;
        const second = memory[parameters.length + index]!;
        for (let i = 0; i < parameter.length; i++) {
          const g = gradient[i]!;
          first[i] = beta1 * first[i]! + (1 - beta1) * g;
          second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
          const decayed = parameter[i]! * (1 - learningRate * weightDecay);
          parameter[i] = decayed - (rate * first[i]!) / (Math.sqrt(second[i]!) + epsilon);
        }
      });
    },
  };
}
