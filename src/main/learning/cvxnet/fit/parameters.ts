import {
  INACTIVE_OFFSET,
  type ConvexPart,
  type ConvexShape,
  type PackedShape,
} from '../../../../shared/shape/types';
import { emptyPackedShape, packShape, toFloat32 } from '../../../../shared/shape/pack';
import type { StartingPart } from './cutting-planes';

/** Offsets of learned planes stay above this, so that a part's origin stays inside it. Learning units. */
export const SMALLEST_OFFSET = 1e-3;

/** What a fit optimises: the packed shape's own buffers, and which of their entries may not move (1 = frozen). */
export interface FitParameters {
  readonly shape: PackedShape<Float32Array>;
  /** [K, H, D] */
  readonly frozenNormals: Uint8Array;
  /** [K, H] */
  readonly frozenOffsets: Uint8Array;
  /** [K, D] */
  readonly frozenTranslations: Uint8Array;
  /** [K] the part a slot came from, null for one that the fit made up. */
  readonly origins: readonly (ConvexPart | null)[];
}

/** Parameters of freshly made parts, all free, with `planes` planes each. */
export function parametersOfParts(
  parts: readonly StartingPart[],
  planes: number,
  sharpness: number,
  dims: 2 | 3 = 3,
): FitParameters {
  const shape = toFloat32(emptyPackedShape(dims, parts.length, planes, sharpness));
  parts.forEach((part, k) => writePart(shape, k, part));
  return {
    shape,
    frozenNormals: new Uint8Array(shape.normals.length),
    frozenOffsets: new Uint8Array(shape.offsets.length),
    frozenTranslations: new Uint8Array(shape.translations.length),
    origins: parts.map(() => null),
  };
}

/**
 * Parameters that continue from a shape. Locked parts and planes are frozen, and so is the translation of a part with a
 * locked plane: it would carry the plane along. Padding planes are frozen too.
 */
export function parametersOfShape(initial: ConvexShape): FitParameters {
  const shape = toFloat32(packShape(initial));
  const { planes } = shape;
  const frozenOffsets = new Uint8Array(shape.offsets.length);
  const frozenTranslations = new Uint8Array(shape.translations.length);
  initial.parts.forEach((part, k) => {
    for (let h = 0; h < planes; h++) {
      const plane = part.planes[h];
      frozenOffsets[k * planes + h] = plane === undefined || plane.locked || part.locked ? 1 : 0;
    }
    if (isAnchored(part)) frozenTranslations.fill(1, k * 3, k * 3 + 3);
  });
  const frozenNormals = new Uint8Array(shape.normals.length);
  for (let i = 0; i < frozenNormals.length; i++) frozenNormals[i] = frozenOffsets[Math.floor(i / 3)];
  return { shape, frozenNormals, frozenOffsets, frozenTranslations, origins: initial.parts };
}

/** The parameters with more parts, all free, that have at most `planes` planes each. */
export function withParts(
  parameters: FitParameters,
  starts: readonly StartingPart[],
  planes: number,
): FitParameters {
  if (starts.length === 0) return parameters;
  const before = parameters.shape;
  const added = parametersOfParts(starts, Math.max(before.planes, planes), before.sharpness);
  const { planes: wide, smoothness } = added.shape;
  const count = before.parts + starts.length;
  const shape = toFloat32(emptyPackedShape(3, count, wide, before.sharpness));
  // Planes beyond the old parts' own are padding, which stays where it is.
  const frozenOffsets = new Uint8Array(count * wide).fill(1, 0, before.parts * wide);
  const frozenNormals = new Uint8Array(count * wide * 3).fill(1, 0, before.parts * wide * 3);
  const frozenTranslations = new Uint8Array(count * 3);
  frozenTranslations.set(parameters.frozenTranslations);
  for (let k = 0; k < before.parts; k++) {
    const own = k * before.planes;
    const end = own + before.planes;
    shape.normals.set(before.normals.subarray(own * 3, end * 3), k * wide * 3);
    shape.offsets.set(before.offsets.subarray(own, end), k * wide);
    frozenNormals.set(parameters.frozenNormals.subarray(own * 3, end * 3), k * wide * 3);
    frozenOffsets.set(parameters.frozenOffsets.subarray(own, end), k * wide);
  }
  shape.translations.set(before.translations);
  shape.smoothness.set(before.smoothness);
  for (let k = 0; k < starts.length; k++) copyPart(added.shape, k, shape, before.parts + k);
  shape.smoothness.set(smoothness, before.parts);
  return {
    shape,
    frozenNormals,
    frozenOffsets,
    frozenTranslations,
    origins: [...parameters.origins, ...added.origins],
  };
}

/** True when something of the part is locked, so that its translation must stay. */
export function isAnchored(part: ConvexPart): boolean {
  return part.locked || part.planes.some((plane) => plane.locked);
}

/** Overwrites slot `k` with a starting part; planes beyond the part's own become padding. */
export function writePart(shape: PackedShape<Float32Array>, k: number, part: StartingPart): void {
  const { dims, planes } = shape;
  shape.translations.set(part.centre, k * dims);
  shape.offsets.fill(INACTIVE_OFFSET, k * planes, (k + 1) * planes);
  shape.normals.set(part.normals, k * planes * dims);
  shape.offsets.set(part.offsets, k * planes);
}

/** Copies part `from` of one shape over part `to` of another with as many planes per part. */
export function copyPart(
  source: PackedShape<Float32Array>,
  from: number,
  target: PackedShape<Float32Array>,
  to: number,
): void {
  const { dims, planes } = source;
  const copy = (a: Float32Array, b: Float32Array, width: number): void =>
    b.set(a.subarray(from * width, (from + 1) * width), to * width);
  copy(source.normals, target.normals, planes * dims);
  copy(source.offsets, target.offsets, planes);
  copy(source.translations, target.translations, dims);
}

/** The parameters with buffers of their own; what is frozen is shared. */
export function copyParameters(parameters: FitParameters): FitParameters {
  const { shape } = parameters;
  const copy = {
    ...shape,
    normals: shape.normals.slice(),
    offsets: shape.offsets.slice(),
    translations: shape.translations.slice(),
    smoothness: shape.smoothness.slice(),
  };
  return { ...parameters, shape: copy };
}

/** The parameters less the parts in `slots`. */
export function withoutParts(parameters: FitParameters, slots: readonly number[]): FitParameters {
  if (slots.length === 0) return parameters;
  const { shape } = parameters;
  const kept = Array.from({ length: shape.parts }, (_, k) => k).filter((k) => !slots.includes(k));
  const pick = <A extends Float32Array | Uint8Array>(source: A, target: A, width: number): A => {
    kept.forEach((k, to) => target.set(source.subarray(k * width, (k + 1) * width), to * width));
    return target;
  };
  const count = kept.length;
  const { dims, planes } = shape;
  return {
    shape: {
      ...shape,
      parts: count,
      normals: pick(shape.normals, new Float32Array(count * planes * dims), planes * dims),
      offsets: pick(shape.offsets, new Float32Array(count * planes), planes),
      translations: pick(shape.translations, new Float32Array(count * dims), dims),
      smoothness: pick(shape.smoothness, new Float32Array(count), 1),
    },
    frozenNormals: pick(parameters.frozenNormals, new Uint8Array(count * planes * dims), planes * dims),
    frozenOffsets: pick(parameters.frozenOffsets, new Uint8Array(count * planes), planes),
    frozenTranslations: pick(parameters.frozenTranslations, new Uint8Array(count * dims), dims),
    origins: kept.map((k) => parameters.origins[k]),
  };
}
