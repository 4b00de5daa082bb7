import type { Vec3 } from '../geometry/types';
import {
  INACTIVE_OFFSET,
  type ConvexPart,
  type ConvexShape,
  type PackedShape,
  type PartPlane,
} from './types';

export interface PackOptions {
  /** Planes per part of the result; at least the largest part's count, which is the default. */
  readonly planes?: number;
}

/** A three-dimensional shape as float64 buffers; shorter parts are padded with inactive planes. */
export function packShape(shape: ConvexShape, options: PackOptions = {}): PackedShape {
  const parts = shape.parts.length;
  const widest = shape.parts.reduce((most, part) => Math.max(most, part.planes.length), 1);
  const planes = options.planes ?? widest;
  if (planes < widest)
    throw new RangeError(`A part has ${widest} planes, more than the ${planes} asked for.`);
  const packed = emptyPackedShape(3, parts, planes, shape.sharpness);
  shape.parts.forEach((part, k) => {
    packed.translations.set(part.translation, k * 3);
    packed.smoothness[k] = part.smoothness;
    part.planes.forEach((plane, h) => {
      packed.normals.set(plane.normal, (k * planes + h) * 3);
      packed.offsets[k * planes + h] = plane.offset;
    });
  });
  return packed;
}

/** A packed shape whose planes are all inactive padding, with the first axis as their normal. */
export function emptyPackedShape(dims: 2 | 3, parts: number, planes: number, sharpness: number): PackedShape {
  const normals = new Float64Array(parts * planes * dims);
  for (let i = 0; i < normals.length; i += dims) normals[i] = 1;
  return {
    dims,
    parts,
    planes,
    sharpness,
    normals,
    offsets: new Float64Array(parts * planes).fill(INACTIVE_OFFSET),
    translations: new Float64Array(parts * dims),
    smoothness: new Float64Array(parts).fill(175),
  };
}

/** True for a padding plane, whose weight in the smooth maximum is zero. */
export function isInactive(offset: number): boolean {
  return offset >= INACTIVE_OFFSET;
}

/**
 * The inverse of packShape; padding planes are left out. Identity, name, locks and visibility come from the part of
 * `like` at the same place, or are made up from the part's index.
 */
export function unpackShape(
  packed: PackedShape<Float32Array | Float64Array>,
  like?: ConvexShape,
): ConvexShape {
  if (packed.dims !== 3) throw new RangeError('Only a three-dimensional packed shape is a ConvexShape.');
  const parts = Array.from({ length: packed.parts }, (_, k): ConvexPart => {
    const model = like?.parts[k];
    const planes: PartPlane[] = [];
    for (let h = 0; h < packed.planes; h++) {
      const i = k * packed.planes + h;
      if (isInactive(packed.offsets[i])) continue;
      planes.push({
        normal: vec(packed.normals, i * 3),
        offset: packed.offsets[i],
        locked: model?.planes[h]?.locked ?? false,
      });
    }
    return {
      id: model?.id ?? `part-${k}`,
      name: model?.name ?? `Part ${k + 1}`,
      index: model?.index ?? k,
      translation: vec(packed.translations, k * 3),
      planes,
      smoothness: packed.smoothness[k],
      visible: model?.visible ?? true,
      locked: model?.locked ?? false,
    };
  });
  return { parts, sharpness: packed.sharpness };
}

/** The same shape in float32, as fast kernels take it. */
export function toFloat32(packed: PackedShape<Float32Array | Float64Array>): PackedShape<Float32Array> {
  return {
    ...packed,
    normals: Float32Array.from(packed.normals),
    offsets: Float32Array.from(packed.offsets),
    translations: Float32Array.from(packed.translations),
    smoothness: Float32Array.from(packed.smoothness),
  };
}

/** The same shape in float64, as the oracle takes it. */
export function toFloat64(packed: PackedShape<Float32Array | Float64Array>): PackedShape {
  return {
    ...packed,
    normals: Float64Array.from(packed.normals),
    offsets: Float64Array.from(packed.offsets),
    translations: Float64Array.from(packed.translations),
    smoothness: Float64Array.from(packed.smoothness),
  };
}

function vec(buffer: Float32Array | Float64Array, at: number): Vec3 {
  return [buffer[at], buffer[at + 1], buffer[at + 2]];
}
