import { zerosLike, type Optimizer } from './optimizer.ts';

/** Gradient descent whose steps keep a part of the steps before. With momentum 0: plain gradient descent. */
export function momentum(learningRate: number, part = 0.9): Optimizer {
  return {
    initial: (lengths) => zerosLike(lengths),
    step(parameters, gradients, memory) {
      parameters.forEach((parameter, index) => {
        const velocity = memory[index]!;
        const gradient = gradients[index]!;
        for (let i = 0; i < parameter.length; i++) {
          velocity[i] = part * velocity[i]! + gradient[i]!;
          parameter[i] = parameter[i]! - learningRate * velocity[i]!;
        }
      });
    },
  };
}
