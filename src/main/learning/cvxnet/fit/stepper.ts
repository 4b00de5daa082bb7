import { evaluateLosses, REFERENCE_WEIGHTS, type LossWeights } from '../../../../shared/shape/losses';
import { INACTIVE_OFFSET } from '../../../../shared/shape/types';
import type { Random } from '../../../../shared/random';
import type { ConvexFieldKernel, FieldGradient } from '../../../compute/kernels/types';
import { adamStep, createAdam } from './adam';
import { drawSamples, type SamplePool } from './batches';
import { SMALLEST_OFFSET, type FitParameters } from './parameters';

/** Normals are dimensionless and turn about the part's centre: they take larger steps than lengths. */
const NORMAL_RATE = 5;
const TRANSLATION_RATE = 0.5;
const BOX_WEIGHT = 2;
const LEAST_BOX_SHARE = 0.05;

export interface StepSettings {
  readonly sharpness: number;
  /** Smoothness of every part that is not locked. */
  readonly smoothness: number;
  /** Adam's rate for offsets, learning units. */
  readonly learningRate: number;
}

/** Everything that one parameter set needs to be optimised: moments, batch and gradient buffers. */
export interface Stepper {
  /** One Adam step on a fresh batch; returns the loss before it. */
  step(settings: StepSettings): number;
}

/**
 * A stepper over `parameters` in place. A batch is uniform, then near-surface samples, with the K translations
 * appended, as the five losses of CvxNet (Deng et al. 2020) want it.
 */
export function createStepper(
  parameters: FitParameters,
  pools: { readonly box: SamplePool; readonly nearSurface: SamplePool },
  batch: number,
  kernel: ConvexFieldKernel,
  random: Random,
): Stepper {
  const { shape } = parameters;
  const { dims, parts, planes } = shape;
  const boxShare = shareOfBox(pools.box.active.length, pools.nearSurface.active.length);
  const boxCount = Math.ceil(batch * boxShare);
  const nearCount = batch - boxCount;
  const queries = batch + parts;
  const points = new Float32Array(queries * dims);
  const labels = new Float32Array(batch);
  const indicator = new Float32Array(parts * queries);
  const inputs = {
    dims,
    parts,
    planes,
    points,
    labels,
    boxCount,
    indicator,
    offsets: shape.offsets,
    translations: shape.translations,
  };
  const upstream = new Float32Array(parts * queries);
  const lossGradient = {
    indicator: upstream,
    offsets: new Float32Array(shape.offsets.length),
    translations: new Float32Array(shape.translations.length),
  };
  const gradient: FieldGradient = {
    normals: new Float32Array(shape.normals.length),
    offsets: new Float32Array(shape.offsets.length),
    translations: new Float32Array(shape.translations.length),
    smoothness: new Float32Array(parts),
    points: new Float32Array(queries * dims),
  };
  // Both means weighed by their shares: every sample of the batch counts the same.
  const weights: LossWeights = { ...REFERENCE_WEIGHTS, sample: boxShare, surface: (1 - boxShare) / boxShare };
  const normalMoments = createAdam(shape.normals.length);
  const offsetMoments = createAdam(shape.offsets.length);
  const translationMoments = createAdam(shape.translations.length);
  const locked = parameters.origins.map((origin) => origin?.locked === true);

  const step = (settings: StepSettings): number => {
    for (let k = 0; k < parts; k++) if (!locked[k]) shape.smoothness[k] = settings.smoothness;
    const sharp = { ...shape, sharpness: settings.sharpness };
    drawSamples(pools.box, boxCount, random, points, labels, 0);
    drawSamples(pools.nearSurface, nearCount, random, points, labels, boxCount);
    points.set(shape.translations, batch * dims);
    kernel.forward(sharp, points, indicator);
    const loss = evaluateLosses(inputs, lossGradient, weights).total;
    kernel.backward(sharp, points, indicator, upstream, gradient);
    addCentreGradients(gradient, lossGradient, batch * dims);
    toTangents(shape.normals, gradient.normals, dims);
    const rate = settings.learningRate;
    adamStep(normalMoments, shape.normals, gradient.normals, parameters.frozenNormals, rate * NORMAL_RATE);
    adamStep(offsetMoments, shape.offsets, gradient.offsets, parameters.frozenOffsets, rate);
    adamStep(
      translationMoments,
      shape.translations,
      gradient.translations,
      parameters.frozenTranslations,
      rate * TRANSLATION_RATE,
    );
    renormalise(shape.normals, parameters.frozenNormals, dims);
    for (let i = 0; i < shape.offsets.length; i++) {
      if (parameters.frozenOffsets[i] === 1 || shape.offsets[i] >= INACTIVE_OFFSET) continue;
      shape.offsets[i] = Math.max(shape.offsets[i], SMALLEST_OFFSET);
    }
    return loss;
  };
  return { step };
}

/**
 * The share of uniform samples in a batch, by how many of either kind still inform the fit, a uniform one counting
 * BOX_WEIGHT times. Fixed halves would repeat the few informative uniform samples of a thin shape until they are learned
 * by heart.
 */
function shareOfBox(box: number, nearSurface: number): number {
  if (nearSurface === 0) return 1;
  return Math.min(Math.max((BOX_WEIGHT * box) / (BOX_WEIGHT * box + nearSurface), LEAST_BOX_SHARE), 0.5);
}

/** The losses' direct derivatives, and what the appended centres contribute as points. */
function addCentreGradients(
  gradient: FieldGradient,
  direct: { readonly offsets: Float32Array; readonly translations: Float32Array },
  centresAt: number,
): void {
  for (let i = 0; i < gradient.offsets.length; i++) gradient.offsets[i] += direct.offsets[i];
  for (let i = 0; i < gradient.translations.length; i++) {
    gradient.translations[i] += direct.translations[i] + gradient.points[centresAt + i];
  }
}

/** Removes the component along the normal, which renormalising would undo anyway but Adam's moments would keep. */
function toTangents(normals: Float32Array, gradient: Float32Array, dims: number): void {
  for (let i = 0; i < normals.length; i += dims) {
    let along = 0;
    for (let a = 0; a < dims; a++) along += gradient[i + a] * normals[i + a];
    for (let a = 0; a < dims; a++) gradient[i + a] -= along * normals[i + a];
  }
}

function renormalise(normals: Float32Array, frozen: Uint8Array, dims: number): void {
  for (let i = 0; i < normals.length; i += dims) {
    if (frozen[i] === 1) continue;
    let squared = 0;
    for (let a = 0; a < dims; a++) squared += normals[i + a] ** 2;
    const scale = 1 / Math.sqrt(squared);
    for (let a = 0; a < dims; a++) normals[i + a] *= scale;
  }
}
