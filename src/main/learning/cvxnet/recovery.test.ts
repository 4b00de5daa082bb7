import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../shared/random';
import { appendCentres, unionIndicator } from '../../../shared/shape/field';
import { createLossGradient, evaluateLosses } from '../../../shared/shape/losses';
import { toFloat32 } from '../../../shared/shape/pack';
import { logitCount, logitGradient, shapeOfLogits, type LogitLayout } from '../../../shared/shape/parameters';
import type { PackedShape } from '../../../shared/shape/types';
import type { FieldGradient } from '../../compute/kernels/types';
import { createWasmFieldKernel } from '../../compute/kernels/wasm';

/** An axis-aligned box: centre and half-extents, both of the case's dimensions. */
interface Box {
  readonly centre: readonly number[];
  readonly half: readonly number[];
}

const STEPS = 2000;
const HALF_BATCH = 1024;
const RATE = 1e-2;

const kernel = await createWasmFieldKernel();

function isInside(boxes: readonly Box[], point: ArrayLike<number>, at: number): boolean {
  return boxes.some(({ centre, half }) => centre.every((c, i) => Math.abs(point[at + i] - c) <= half[i]));
}

/** A point of a random side of a random box, moved by normal noise of 0.02: near the surface, or just inside. */
function writeNearSurface(boxes: readonly Box[], random: Random, out: Float32Array, at: number): void {
  const { centre, half } = boxes[random.integer(boxes.length)];
  const axis = random.integer(centre.length);
  centre.forEach((c, i) => {
    const along = i === axis ? Math.sign(random.uniform() - 0.5) : 2 * random.uniform() - 1;
    out[at + i] = c + half[i] * along + 0.02 * random.normal();
  });
}

/** Optimises logits directly to samples of the boxes, by all five losses, as in training but without a network. */
function recover(boxes: readonly Box[], layout: LogitLayout, seed: number): PackedShape {
  const { dims, parts, planes } = layout;
  const random = createRandom(seed);
  const logits = Float64Array.from({ length: logitCount(layout) }, () => random.normal());
  for (let i = 0; i < parts; i++) logits[i] = 0;
  for (let i = 0; i < parts * dims; i++) logits[parts + i] *= 0.1;
  const count = 2 * HALF_BATCH;
  const points = new Float32Array(count * dims);
  const labels = new Float32Array(count);
  const indicator = new Float32Array(parts * (count + parts));
  const field: FieldGradient = {
    normals: new Float32Array(parts * planes * dims),
    offsets: new Float32Array(parts * planes),
    translations: new Float32Array(parts * dims),
    smoothness: new Float32Array(parts),
    points: new Float32Array((count + parts) * dims),
  };
  const first = new Float64Array(logits.length);
  const second = new Float64Array(logits.length);
  for (let step = 1; step <= STEPS; step++) {
    for (let i = 0; i < HALF_BATCH * dims; i++) points[i] = random.uniform() - 0.5;
    for (let n = HALF_BATCH; n < count; n++) writeNearSurface(boxes, random, points, n * dims);
    for (let n = 0; n < count; n++) labels[n] = isInside(boxes, points, n * dims) ? 1 : 0;
    const shape = toFloat32(shapeOfLogits(logits, layout));
    const queries = appendCentres(points, shape);
    kernel.forward(shape, queries, indicator);
    const inputs = {
      ...layout,
      points,
      labels,
      boxCount: HALF_BATCH,
      indicator,
      offsets: shape.offsets,
      translations: shape.translations,
    };
    const direct = createLossGradient(inputs);
    evaluateLosses(inputs, direct);
    kernel.backward(shape, queries, indicator, Float32Array.from(direct.indicator), field);
    for (let i = 0; i < parts * planes; i++) field.offsets[i] += direct.offsets[i];
    for (let i = 0; i < parts * dims; i++) {
      field.translations[i] += direct.translations[i] + field.points[count * dims + i];
    }
    const gradient = logitGradient(logits, layout, field);
    const scale = (RATE * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
    for (let i = 0; i < logits.length; i++) {
      first[i] += 0.1 * (gradient[i] - first[i]);
      second[i] += 0.001 * (gradient[i] ** 2 - second[i]);
      logits[i] -= (scale * first[i]) / (Math.sqrt(second[i]) + 1e-8);
    }
  }
  return shapeOfLogits(logits, layout);
}

/** IoU on 20,000 uniform samples: of the smooth field at level 0.5, and of the polytopes max_h H <= 0. */
function measure(shape: PackedShape, boxes: readonly Box[]): { smooth: number; explicit: number } {
  const { dims, parts, planes } = shape;
  const count = 20_000;
  const random = createRandom(99);
  const points = Float32Array.from({ length: count * dims }, () => random.uniform() - 0.5);
  const indicator = new Float32Array(parts * count);
  kernel.forward(toFloat32(shape), points, indicator);
  const union = unionIndicator(indicator, parts, count);
  const isInPart = (k: number, n: number): boolean => {
    for (let plane = k * planes; plane < (k + 1) * planes; plane++) {
      let distance = -shape.offsets[plane];
      for (let i = 0; i < dims; i++) {
        distance +=
          shape.normals[plane * dims + i] * (points[n * dims + i] - shape.translations[k * dims + i]);
      }
      if (distance > 0) return false;
    }
    return true;
  };
  const overlap = (isIn: (n: number) => boolean): number => {
    let both = 0;
    let either = 0;
    for (let n = 0; n < count; n++) {
      const truth = isInside(boxes, points, n * dims);
      const guess = isIn(n);
      if (truth && guess) both++;
      if (truth || guess) either++;
    }
    return both / either;
  };
  return {
    smooth: overlap((n) => union[n] >= 0.5),
    explicit: overlap((n) => Array.from({ length: parts }, (_, k) => k).some((k) => isInPart(k, n))),
  };
}

const square: Box[] = [{ centre: [0, 0], half: [0.25, 0.25] }];
const corner: Box[] = [
  { centre: [-0.15, 0], half: [0.1, 0.3] },
  { centre: [0.05, -0.2], half: [0.3, 0.1] },
];
const brick: Box[] = [{ centre: [0.05, 0, -0.03], half: [0.25, 0.2, 0.3] }];
const threeBricks: Box[] = [
  { centre: [0, -0.2, 0], half: [0.35, 0.1, 0.3] },
  { centre: [-0.2, 0.1, 0], half: [0.12, 0.25, 0.3] },
  { centre: [0.2, 0.05, 0.1], half: [0.1, 0.2, 0.15] },
];

describe('known polytopes are recovered from samples', () => {
  const seed = 1;
  for (const [name, boxes, parts, planes, mark] of [
    ['a square', square, 1, 6, 0.95],
    ['an L', corner, 4, 8, 0.95],
    ['a box', brick, 1, 12, 0.94],
    ['a union of three boxes', threeBricks, 8, 12, 0.86],
  ] as const) {
    it(`${name}: IoU at least ${mark}, explicit within 0.01 of smooth, seed ${seed}`, () => {
      const dims = boxes[0].centre.length as 2 | 3;
      const { smooth, explicit } = measure(recover(boxes, { dims, parts, planes }, seed), boxes);
      expect(smooth).toBeGreaterThanOrEqual(mark);
      expect(Math.abs(explicit - smooth)).toBeLessThanOrEqual(0.01);
    });
  }
});
