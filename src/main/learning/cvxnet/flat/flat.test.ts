import { describe, expect, it } from 'vitest';
import { flatOptionsSchema, type FlatOptions } from '../../../../shared/contract/flat';
import { frameOfMask } from '../../../../shared/flat/mask';
import { coverCounts, maskIou, pixelPoints } from '../../../../shared/flat/measure';
import { packFlat } from '../../../../shared/flat/pack';
import { sampleMaskPicture } from '../../../../shared/flat/pictures';
import type { FlatMask, FlatPart } from '../../../../shared/flat/types';
import { createRandom } from '../../../../shared/random';
import { unwrap } from '../../../../shared/result';
import { evaluateField, unionIndicator } from '../../../../shared/shape/field';
import { toFloat32 } from '../../../../shared/shape/pack';
import { createWasmFieldKernel } from '../../../compute/kernels/wasm';
import { judge } from './cover';
import { FLAT_SAMPLING, fitFlat, labelsOf, sampleMask, type FlatFitOutcome } from './index';
import { idleParts } from './rearrange';

const kernel = await createWasmFieldKernel();

function maskOf(width: number, height: number, holds: (x: number, y: number) => boolean): FlatMask {
  const inside = Uint8Array.from({ length: width * height }, (_, i) =>
    holds((i % width) + 0.5, Math.floor(i / width) + 0.5) ? 1 : 0,
  );
  return { width, height, inside };
}

/** A square with two corners cut off, and an L of two boxes. */
const square = maskOf(96, 80, (x, y) => x > 16 && x < 76 && y > 10 && y < 70 && x + y > 40 && x - y < 56);
const corner = maskOf(
  100,
  100,
  (x, y) => (x > 15 && x < 40 && y > 10 && y < 90) || (x > 15 && x < 85 && y > 65 && y < 90),
);

async function fit(mask: FlatMask, options: Partial<FlatOptions>, signal = new AbortController().signal) {
  const frame = frameOfMask(mask);
  const samples = sampleMask(mask, frame, FLAT_SAMPLING, createRandom(1));
  return fitFlat({
    samples,
    options: flatOptionsSchema.parse(options),
    kernel,
    signal,
    onProgress: () => undefined,
    onPreview: () => undefined,
  });
}

function ious(mask: FlatMask, { shape }: FlatFitOutcome): { explicit: number; smooth: number } {
  const points = pixelPoints(mask, frameOfMask(mask));
  const { indicator } = evaluateField(packFlat(shape), points);
  return {
    explicit: maskIou(coverCounts(shape, points), mask.inside),
    smooth: maskIou(unionIndicator(indicator, shape.parts.length, mask.inside.length), mask.inside),
  };
}

describe('samples of a mask', () => {
  it('have y up, the longest side 1, and the label of the pixel they lie in', () => {
    const mask = maskOf(40, 30, (x, y) => x > 10 && x < 30 && y > 5 && y < 15);
    const frame = frameOfMask(mask);
    expect(frame).toEqual({ centre: [20, 10], pixelsPerUnit: 20 });
    // The four corners of the shape, a hundredth inside and outside; the shape is 1 wide and 0.5 high.
    const inner = Float32Array.from([-0.49, 0.24, 0.49, 0.24, -0.49, -0.24, 0.49, -0.24]);
    const outer = Float32Array.from([-0.51, 0.24, 0.49, 0.26, -0.49, -0.26, 0.51, -0.24]);
    expect([...labelsOf(mask, frame, inner)]).toEqual([1, 1, 1, 1]);
    expect([...labelsOf(mask, frame, outer)]).toEqual([0, 0, 0, 0]);
    const top = maskOf(20, 20, (_x, y) => y < 5);
    expect([
      ...labelsOf(top, { centre: [10, 10], pixelsPerUnit: 20 }, Float32Array.from([0, 0.4, 0, -0.4])),
    ]).toEqual([1, 0]);
  });

  it('agree with the mask, and half of those near the outline are inside', () => {
    const frame = frameOfMask(square);
    const { box, nearSurface } = sampleMask(square, frame, { box: 4000, nearOutline: 4000 }, createRandom(3));
    for (const { points, inside } of [box, nearSurface]) {
      for (let i = 0; i < inside.length; i++) {
        const x = Math.floor(frame.centre[0] + points[2 * i] * frame.pixelsPerUnit);
        const y = Math.floor(frame.centre[1] - points[2 * i + 1] * frame.pixelsPerUnit);
        const held = x >= 0 && y >= 0 && x < 96 && y < 80 && square.inside[y * 96 + x] === 1;
        expect(inside[i] === 1).toBe(held);
      }
    }
    const share = nearSurface.inside.reduce((sum, value) => sum + value, 0) / 4000;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it('of a shape that touches the border have an outline there', () => {
    const mask = maskOf(20, 20, (x) => x < 10);
    const { nearSurface } = sampleMask(
      mask,
      frameOfMask(mask),
      { box: 0, nearOutline: 500 },
      createRandom(1),
    );
    expect(nearSurface.inside).toContain(0);
    expect(nearSurface.points.some((value, i) => i % 2 === 1 && value > 0.48)).toBe(true);
  });
});

describe('fitFlat', () => {
  it.each([
    ['a square with cut corners', square, { parts: 1, planes: 8 }],
    ['an L of two boxes', corner, { parts: 4, planes: 8 }],
  ] as const)(
    'recovers %s: IoU at least 0.95, polygons within 0.01 of the field, seeds 1 to 3',
    async (_name, mask, options) => {
      for (const seed of [1, 2, 3]) {
        const { explicit, smooth } = ious(mask, unwrap(await fit(mask, { ...options, seed })));
        expect(explicit).toBeGreaterThanOrEqual(0.95);
        expect(smooth).toBeGreaterThanOrEqual(0.95);
        expect(Math.abs(explicit - smooth)).toBeLessThanOrEqual(0.01);
      }
    },
  );

  it.each(['star', 'letter'] as const)('follows the %s that the window offers', async (name) => {
    const mask = sampleMaskPicture(name);
    const outcome = unwrap(await fit(mask, {}));
    expect(ious(mask, outcome).explicit).toBeGreaterThanOrEqual(0.93);
  });

  it('merges parts until the star is made of three, and a square of one', async () => {
    const star = sampleMaskPicture('star');
    const { shape } = unwrap(await fit(star, { parts: 6 }));
    expect(shape.parts).toHaveLength(3);
    const outcome = unwrap(await fit(square, { parts: 4 }));
    expect(outcome.shape.parts).toHaveLength(1);
    expect(ious(square, outcome).explicit).toBeGreaterThanOrEqual(0.98);
  });

  it('gives the same shape for the same seed', async () => {
    const first = unwrap(await fit(square, { parts: 3, steps: 120, seed: 7 }));
    expect(unwrap(await fit(square, { parts: 3, steps: 120, seed: 7 }))).toEqual(first);
  });

  it('knows the parts that help nothing: a copy and one that lies outside', () => {
    const box = (x: number): FlatPart => ({
      index: 0,
      translation: [x, 0],
      lines: (
        [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const
      ).map((normal) => ({ normal, offset: 0.1 })),
      smoothness: 600,
    });
    const frame = frameOfMask(square);
    const judged = judge(sampleMask(square, frame, { box: 4000, nearOutline: 0 }, createRandom(1)));
    const shape = { parts: [box(-0.2), box(0.7), box(0.2), box(0.2)], sharpness: 300 };
    expect(idleParts(toFloat32(packFlat(shape)), judged, 0.5, kernel).sort()).toEqual([1, 2]);
  });

  it('ends with the smoothness and sharpness that were asked for', async () => {
    const { shape } = unwrap(await fit(square, { parts: 2, steps: 60, smoothness: 40, sharpness: 25 }));
    expect(shape.sharpness).toBe(25);
    expect(shape.parts.map((part) => part.smoothness)).toEqual(shape.parts.map(() => 40));
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    expect(await fit(square, {}, abort.signal)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});
