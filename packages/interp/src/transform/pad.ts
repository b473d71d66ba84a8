import { tf } from '@fovea/tensor';
import { ImageTooSmallError, withSize, type Transform } from './transform.ts';

type Margins = [[number, number], [number, number], [number, number], [number, number]];

export function margins(top: number, bottom: number, left: number, right: number): Margins {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** A margin of one grey level in [0, 1]; `uniform` draws it at each step. */
export function padConstant(width: number, value: number | 'uniform' = 0.5): Transform<number> {
  return {
    draw: (shape, { random }) => ({
      draw: value === 'uniform' ? random.uniform() : value,
      shape: withSize(shape, shape[1] + 2 * width, shape[2] + 2 * width),
    }),
    apply: (image, grey) => tf.pad(image, margins(width, width, width, width), grey),
  };
}

/** A margin that mirrors the image without repeating its edge. */
export function padReflect(width: number): Transform<null> {
  return {
    draw(shape) {
      if (width >= shape[1] || width >= shape[2])
        throw new ImageTooSmallError(`pad(${width}, reflect)`, shape);
      return { draw: null, shape: withSize(shape, shape[1] + 2 * width, shape[2] + 2 * width) };
    },
    apply: (image) => reflect(reflect(image, 1, width), 2, width),
  };
}

function reflect(image: tf.Tensor4D, axis: 1 | 2, width: number): tf.Tensor4D {
  const strip = (start: number) => {
    const begin = [0, 0, 0, 0];
    const size = [...image.shape];
    begin[axis] = start;
    size[axis] = width;
    return tf.reverse(tf.slice(image, begin, size), [axis]);
  };
  return tf.concat([strip(1), image, strip(image.shape[axis] - width - 1)], axis);
}
