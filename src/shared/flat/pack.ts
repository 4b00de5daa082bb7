import { emptyPackedShape, isInactive } from '../shape/pack';
import type { PackedShape } from '../shape/types';
import type { FlatLine, FlatShape } from './types';

/** A flat shape as float64 buffers with D = 2, as kernels and the field's oracle take it; shorter parts are padded. */
export function packFlat(shape: FlatShape): PackedShape {
  const widest = shape.parts.reduce((most, part) => Math.max(most, part.lines.length), 1);
  const packed = emptyPackedShape(2, shape.parts.length, widest, shape.sharpness);
  shape.parts.forEach((part, k) => {
    packed.translations.set(part.translation, k * 2);
    packed.smoothness[k] = part.smoothness;
    part.lines.forEach((line, h) => {
      packed.normals.set(line.normal, (k * widest + h) * 2);
      packed.offsets[k * widest + h] = line.offset;
    });
  });
  return packed;
}

/** The inverse of packFlat; padding lines are left out, normals get exactly unit length, indices are the slots'. */
export function unpackFlat(packed: PackedShape<Float32Array | Float64Array>): FlatShape {
  if (packed.dims !== 2) throw new RangeError('Only a two-dimensional packed shape is a FlatShape.');
  const parts = Array.from({ length: packed.parts }, (_, k) => {
    const lines: FlatLine[] = [];
    for (let i = k * packed.planes; i < (k + 1) * packed.planes; i++) {
      if (isInactive(packed.offsets[i])) continue;
      const [x, y] = [packed.normals[2 * i], packed.normals[2 * i + 1]];
      const size = Math.hypot(x, y);
      lines.push({ normal: [x / size, y / size], offset: packed.offsets[i] });
    }
    return {
      index: k,
      translation: [packed.translations[2 * k], packed.translations[2 * k + 1]] as const,
      lines,
      smoothness: packed.smoothness[k],
    };
  });
  return { parts, sharpness: packed.sharpness };
}
