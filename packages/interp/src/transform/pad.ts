import { tf } from '@fovea/tensor';
import { selection, type SparseMap } from '../sparse-map.ts';
import { separable, type Product } from './stage.ts';
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
    stages(grey, shape) {
      const along = (length: number) => selection(length, length + 2 * width, (position) => position - width);
      const [rows, columns] = [along(shape[1]), along(shape[2])];
      return [separable(shape, rows, columns, greyOutside(rows, columns, grey))];
    },
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
    stages(_, shape) {
      const along = (length: number) =>
        selection(length, length + 2 * width, (position) => {
          const source = Math.abs(position - width);
          return source < length ? source : 2 * (length - 1) - source;
        });
      return [separable(shape, along(shape[1]), along(shape[2]))];
    },
  };
}

/** Grey where no pixel is shown: everywhere, less the rectangle inside. */
function greyOutside({ outputs: rows }: SparseMap, { outputs: columns }: SparseMap, grey: number): Product[] {
  return [
    { column: rows.map(() => grey), row: columns.map(() => 1) },
    { column: rows.map(({ length }) => -grey * length), row: columns.map(({ length }) => length) },
  ];
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
