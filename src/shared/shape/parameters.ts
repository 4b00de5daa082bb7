import type { Numbers } from '../geometry/types';
import { fail, ok, type Result } from '../result';
import { sigmoid, type AnyPackedShape, type ShapeGradient } from './field';
import { isInactive } from './pack';
import type { PackedShape } from './types';

/** The sharpness of the reference: a constant, not learned. */
export const REFERENCE_SHARPNESS = 75;
const LARGEST_OFFSET = 0.5;
/** Where the reference's smoothness delta lies. */
export const REFERENCE_SMOOTHNESS = { from: 50, to: 300 } as const;
/** Largest |tanh| and logistic saturation that the inverse gives; beyond it the logits' gradient is lost. */
const SATURATION = 1 - 1e-9;

export interface LogitLayout {
  readonly dims: 2 | 3;
  readonly parts: number;
  readonly planes: number;
  /** The open range of delta; that of the reference when absent. */
  readonly smoothness?: { readonly from: number; readonly to: number };
}

/** Length of the flat logit vector: K blend, K D translations, K H D plane logits. */
export function logitCount({ dims, parts, planes }: Omit<LogitLayout, 'smoothness'>): number {
  return parts * (1 + dims + planes * dims);
}

/**
 * The decoder's flat vector to a packed shape (CvxNet, Deng et al. 2020): blend logits [K], translations [K, D] as
 * they are, plane logits [K, H, D] of D - 1 angles and one offset. Angles are pi tanh, d = 0.5 sigmoid,
 * delta = from + (to - from) sigmoid, in the reference 50 to 300; n = (sin alt cos az, sin alt sin az, cos alt), in 2D (cos, sin).
 */
export function shapeOfLogits(
  logits: Numbers,
  layout: LogitLayout,
  sharpness: number = REFERENCE_SHARPNESS,
): PackedShape {
  const { dims, parts, planes, smoothness: range = REFERENCE_SMOOTHNESS } = layout;
  if (logits.length !== logitCount(layout)) {
    throw new RangeError(`Expected ${logitCount(layout)} logits, got ${logits.length}.`);
  }
  const normals = new Float64Array(parts * planes * dims);
  const offsets = new Float64Array(parts * planes);
  const translations = Float64Array.from({ length: parts * dims }, (_, i) => logits[parts + i]);
  const smoothness = Float64Array.from(
    { length: parts },
    (_, k) => range.from + (range.to - range.from) * sigmoid(logits[k]),
  );
  for (let plane = 0, at = parts * (1 + dims); plane < parts * planes; plane++, at += dims) {
    const azimuth = Math.PI * Math.tanh(logits[at]);
    if (dims === 2) {
      normals[plane * 2] = Math.cos(azimuth);
      normals[plane * 2 + 1] = Math.sin(azimuth);
    } else {
      const altitude = Math.PI * Math.tanh(logits[at + 1]);
      normals[plane * 3] = Math.sin(altitude) * Math.cos(azimuth);
      normals[plane * 3 + 1] = Math.sin(altitude) * Math.sin(azimuth);
      normals[plane * 3 + 2] = Math.cos(altitude);
    }
    offsets[plane] = LARGEST_OFFSET * sigmoid(logits[at + dims - 1]);
  }
  return { dims, parts, planes, sharpness, normals, offsets, translations, smoothness };
}

/** Chain rule through shapeOfLogits: the gradient with respect to the flat logit vector. */
export function logitGradient(
  logits: Numbers,
  layout: LogitLayout,
  gradient: ShapeGradient<Float32Array | Float64Array>,
): Float64Array {
  const { dims, parts, planes, smoothness: range = REFERENCE_SMOOTHNESS } = layout;
  const result = new Float64Array(logitCount(layout));
  for (let k = 0; k < parts; k++) {
    const s = sigmoid(logits[k]);
    result[k] = gradient.smoothness[k] * (range.to - range.from) * s * (1 - s);
  }
  for (let i = 0; i < parts * dims; i++) result[parts + i] = gradient.translations[i];
  for (let plane = 0, at = parts * (1 + dims); plane < parts * planes; plane++, at += dims) {
    const t = Math.tanh(logits[at]);
    const azimuth = Math.PI * t;
    const dAzimuth = Math.PI * (1 - t * t);
    if (dims === 2) {
      result[at] =
        dAzimuth *
        (gradient.normals[plane * 2 + 1] * Math.cos(azimuth) -
          gradient.normals[plane * 2] * Math.sin(azimuth));
    } else {
      const u = Math.tanh(logits[at + 1]);
      const altitude = Math.PI * u;
      const [gx, gy, gz] = gradient.normals.subarray(plane * 3, plane * 3 + 3);
      result[at] = dAzimuth * Math.sin(altitude) * (gy * Math.cos(azimuth) - gx * Math.sin(azimuth));
      result[at + 1] =
        Math.PI *
        (1 - u * u) *
        (Math.cos(altitude) * (gx * Math.cos(azimuth) + gy * Math.sin(azimuth)) - gz * Math.sin(altitude));
    }
    const s = sigmoid(logits[at + dims - 1]);
    result[at + dims - 1] = gradient.offsets[plane] * LARGEST_OFFSET * s * (1 - s);
  }
  return result;
}

/**
 * Logits whose shape is the given one. Offsets outside (0, 0.5) and smoothness outside the range go to the nearest
 * value that logits reach. Of the two angle pairs of a normal, the one with |azimuth| <= pi / 2 is taken: it lies
 * away from the unreachable +-pi. Fails for a shape with padding planes, which no logit expresses.
 */
export function logitsOfShape(
  shape: AnyPackedShape,
  range: NonNullable<LogitLayout['smoothness']> = REFERENCE_SMOOTHNESS,
): Result<Float64Array> {
  const { dims, parts, planes, normals, offsets } = shape;
  const logits = new Float64Array(logitCount(shape));
  for (let k = 0; k < parts; k++) {
    logits[k] = logit((shape.smoothness[k] - range.from) / (range.to - range.from));
  }
  for (let i = 0; i < parts * dims; i++) logits[parts + i] = shape.translations[i];
  for (let plane = 0, at = parts * (1 + dims); plane < parts * planes; plane++, at += dims) {
    if (isInactive(offsets[plane])) {
      return fail({
        code: 'padded-shape',
        message: `Part ${Math.floor(plane / planes)} has fewer than ${planes} planes, so logits cannot express it.`,
        hint: 'Give every part the same number of planes.',
      });
    }
    let azimuth = Math.atan2(normals[plane * dims + 1], normals[plane * dims]);
    if (dims === 3) {
      let altitude = Math.acos(Math.min(1, Math.max(-1, normals[plane * 3 + 2])));
      if (Math.abs(azimuth) > Math.PI / 2) {
        azimuth -= Math.sign(azimuth) * Math.PI;
        altitude = -altitude;
      }
      logits[at + 1] = angleLogit(altitude);
    }
    logits[at] = angleLogit(azimuth);
    logits[at + dims - 1] = logit(offsets[plane] / LARGEST_OFFSET);
  }
  return ok(logits);
}

function angleLogit(angle: number): number {
  return Math.atanh(Math.min(SATURATION, Math.max(-SATURATION, angle / Math.PI)));
}

function logit(p: number): number {
  const clamped = Math.min(SATURATION, Math.max(1 - SATURATION, p));
  return Math.log(clamped / (1 - clamped));
}
