import { beforeAll, describe, expect, it } from 'vitest';
import { CHAIR } from './fixtures';
import { createRandom } from '../../../../shared/random';
import { unwrap } from '../../../../shared/result';
import { sampleBox } from '../../../../shared/geometry/sampling';
import type { ConvexShape } from '../../../../shared/shape/types';
import { createWasmFieldKernel } from '../../../compute/kernels/wasm';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { bodyOf } from './body';
import { explicitField } from './explicit-field';
import { findDepthPose } from './depth-pose';
import { findOutlinePose } from './outline-pose';
import { poseMatrix, poseOf, toCamera, toShape } from './pose';
import { refineByDepth, refineByOutline, type RefineRequest } from './refine';
import { observedPoints, type SeenDepth } from './seen';
import type { ObservedLabel } from './samples';

const POSE = poseOf({
  azimuth: 0.6,
  elevation: 0.35,
  roll: 0,
  logScale: Math.log(0.5),
  ...placeFor(0.6, 0.35),
});
const SIZE = 64;
let kernel: ConvexFieldKernel;

beforeAll(async () => {
  kernel = await createWasmFieldKernel();
});

/** Where the camera stands, 1.9 learning units from the middle, looking at it. */
function placeFor(azimuth: number, elevation: number): { x: number; y: number; z: number } {
  const away = 1.9;
  return {
    x: away * Math.cos(elevation) * Math.sin(azimuth),
    y: away * Math.sin(elevation),
    z: away * Math.cos(elevation) * Math.cos(azimuth),
  };
}

/** Marches every pixel's ray to the surface. */
function lookAtTruth(): SeenDepth {
  const field = explicitField(CHAIR);
  const camera = { width: SIZE, height: SIZE, fx: 90, fy: 90, cx: 31.5, cy: 31.5 };
  const depth = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < depth.length; i++) {
    const ray = [((i % SIZE) - 31.5) / 90, (Math.floor(i / SIZE) - 31.5) / 90, 1];
    for (let z = 2; z < 6;) {
      const away = field(
        ...toShape(
          POSE,
          ray.map((value) => value * z),
        ),
      );
      if (away < 1e-4) {
        depth[i] = z;
        break;
      }
      z += away / (POSE.scale * Math.hypot(...ray));
    }
  }
  return { ...camera, depth, mask: depth.map((z) => (z > 0 ? 1 : 0)), up: null, told: null };
}

/** Free in front of the measured surface and beside the outline, a band behind it inside. */
function labelOf(seen: SeenDepth): ObservedLabel {
  return (x, y, z) => {
    const [a, b, c] = toCamera(POSE, x, y, z);
    const u = Math.round(seen.cx + (seen.fx * a) / c);
    const v = Math.round(seen.cy + (seen.fy * b) / c);
    if (u < 0 || v < 0 || u >= SIZE || v >= SIZE) return null;
    const measured = seen.depth[v * SIZE + u];
    if (measured === 0 || c < measured - 0.05) return 0;
    return c > measured + 0.05 && c < measured + 0.12 ? 1 : null;
  };
}

function iouWithTruth(shape: ConvexShape): number {
  const points = sampleBox(20_000, 0.55, createRandom(9));
  const [a, b] = [explicitField(shape), explicitField(CHAIR)];
  let both = 0;
  let either = 0;
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i], points[i + 1], points[i + 2]];
    const inA = a(x, y, z) <= 0;
    const inB = b(x, y, z) <= 0;
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return both / either;
}

function perturbed(): ConvexShape {
  const random = createRandom(4);
  const move = (value: number): number => value + 0.03 * random.normal();
  return {
    ...CHAIR,
    parts: CHAIR.parts.map((part) => ({
      ...part,
      translation: [move(part.translation[0]), move(part.translation[1]), move(part.translation[2])],
    })),
  };
}

function requestFor(guess: ConvexShape): RefineRequest {
  return {
    guess,
    kernel,
    seed: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onPreview: () => undefined,
  };
}

/** Degrees between the found rotation and the true one. */
function turnOff(rotation: readonly number[]): number {
  const trace = rotation.reduce((sum, value, i) => sum + value * POSE.rotation[i], 0);
  return (Math.acos(Math.min(1, (trace - 1) / 2)) * 180) / Math.PI;
}

describe('pose', () => {
  it('maps there and back, and its matrix says the same', () => {
    const there = toShape(POSE, [0.3, -0.2, 3]);
    const back = toCamera(POSE, ...there);
    [0.3, -0.2, 3].forEach((value, c) => expect(back[c]).toBeCloseTo(value, 10));
    const m = poseMatrix(POSE);
    const mapped = [0, 1, 2].map(
      (r) => m[r * 4] * 0.3 - m[r * 4 + 1] * 0.2 + m[r * 4 + 2] * 3 + m[r * 4 + 3],
    );
    mapped.forEach((value, c) => expect(value).toBeCloseTo(there[c], 10));
  });

  it('has right-handed, orthonormal axes', () => {
    const r = poseOf({ azimuth: 1, elevation: 0.4, roll: 0.2, logScale: 0, x: 0, y: 0, z: 0 }).rotation;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const dot = r[i * 3] * r[j * 3] + r[i * 3 + 1] * r[j * 3 + 1] + r[i * 3 + 2] * r[j * 3 + 2];
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 10);
      }
    }
    const determinant =
      r[0] * (r[4] * r[8] - r[5] * r[7]) -
      r[1] * (r[3] * r[8] - r[5] * r[6]) +
      r[2] * (r[3] * r[7] - r[4] * r[6]);
    expect(determinant).toBeCloseTo(1, 10);
  });

  it('is found from a depth image, with the size of its unit', () => {
    const found = findDepthPose(CHAIR, lookAtTruth());
    expect(turnOff(found!.pose.rotation)).toBeLessThan(6);
    expect(found!.pose.scale).toBeGreaterThan(0.46);
    expect(found!.pose.scale).toBeLessThan(0.54);
    expect(found!.error).toBeLessThan(0.02);
  });

  it('is the one that the camera tells where it explains the picture, and else the one found', () => {
    const seen = lookAtTruth();
    expect(findDepthPose(CHAIR, { ...seen, told: POSE })).toMatchObject({ told: true, pose: POSE });
    expect(findOutlinePose(CHAIR, { ...seen, told: POSE })).toMatchObject({ told: true, pose: POSE });
    const elsewhere = { ...POSE, translation: [5, 1, 2] as const };
    const found = findDepthPose(CHAIR, { ...seen, told: elsewhere })!;
    expect(found.told).toBe(false);
    expect(turnOff(found.pose.rotation)).toBeLessThan(6);
    expect(findOutlinePose(CHAIR, { ...seen, told: elsewhere })!.told).toBe(false);
  });

  it('is found from an outline up to what an outline tells', () => {
    const found = findOutlinePose(CHAIR, lookAtTruth());
    expect(found!.error).toBeLessThan(0.1);
  });

  it('is null without anything seen or without a body', () => {
    const seen = lookAtTruth();
    const nothing = { ...seen, mask: new Uint8Array(SIZE * SIZE) };
    expect(findDepthPose(CHAIR, nothing)).toBeNull();
    expect(findOutlinePose(CHAIR, nothing)).toBeNull();
    expect(findDepthPose({ parts: [], sharpness: 75 }, seen)).toBeNull();
  });
});

describe('refine', () => {
  it('brings moved parts back by what a depth image shows', async () => {
    const seen = lookAtTruth();
    const points = observedPoints(seen, 4000);
    const observed = Float64Array.from({ length: points.length / 3 }, (_, i) => i).reduce<number[]>(
      (list, i) => {
        list.push(...toShape(POSE, points, i * 3));
        return list;
      },
      [],
    );
    const guess = perturbed();
    const refined = unwrap(
      await refineByDepth(requestFor(guess), labelOf(seen), Float64Array.from(observed)),
    );
    expect(refined.accepted).toBe(true);
    expect(refined.observed.after).toBeLessThan(refined.observed.before);
    expect(iouWithTruth(refined.shape)).toBeGreaterThan(iouWithTruth(guess) + 0.03);
    expect(refined.shape.parts.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('never takes a worse outline and brings a moved shape nearer to its own', async () => {
    const seen = lookAtTruth();
    const { observed, accepted } = unwrap(await refineByOutline(requestFor(perturbed()), seen, POSE));
    expect(observed.after).toBeLessThanOrEqual(observed.before);
    expect(accepted).toBe(observed.after < observed.before);
  });

  it('keeps a guess that already explains everything, and one without a body', async () => {
    const nothing: ObservedLabel = () => null;
    const kept = unwrap(await refineByDepth(requestFor(CHAIR), nothing, new Float64Array(3)));
    expect(kept.accepted).toBe(false);
    expect(kept.shape).toBe(CHAIR);
    const empty: ConvexShape = { parts: [], sharpness: 75 };
    expect(bodyOf(empty, 10)).toBeNull();
    const none = unwrap(await refineByDepth(requestFor(empty), nothing, new Float64Array(3)));
    expect(none).toMatchObject({ accepted: false, shape: empty });
  });
});
