import { describe, expect, it } from 'vitest';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { sampleBox } from '../../../shared/geometry/sampling';
import { boxMesh } from '../../../shared/geometry/testing/meshes';
import { createRandom } from '../../../shared/random';
import type { DatasetShape, ShapeDataset } from '../../../shared/dataset/types';
import { ok, unwrap } from '../../../shared/result';
import { iouOf, meanShape } from './mean-shape';
import { predictByHull, predictByMesh } from './prediction';
import { scoreOf, summarise } from './scores';

const POINTS = sampleBox(20_000, 0.55, createRandom(1));

function labelled(half: number): LabelledPoints {
  const inside = Uint8Array.from({ length: POINTS.length / 3 }, (_, i) =>
    Math.max(...POINTS.subarray(i * 3, i * 3 + 3).map(Math.abs)) <= half ? 1 : 0,
  );
  return { points: POINTS, inside };
}

describe('scores', () => {
  it('are those of two cubes computed by hand', () => {
    const truth = boxMesh([-0.2, -0.2, -0.2], [0.2, 0.2, 0.2]);
    const same = scoreOf(predictByMesh(truth), labelled(0.2), truth);
    expect(same.iou).toBeGreaterThan(0.999);
    expect(same.fScore).toBeGreaterThan(99.9);
    const larger = boxMesh([-0.3, -0.3, -0.3], [0.3, 0.3, 0.3]);
    const apart = scoreOf(predictByMesh(larger), labelled(0.2), truth);
    expect(apart.iou).toBeCloseTo((0.4 / 0.6) ** 3, 1);
    // Every point of the small cube is 0.1 from the large one; the large one's corners are farther from it.
    expect(apart.chamferL1).toBeGreaterThan(0.1);
    expect(apart.chamferL1).toBeLessThan(0.13);
    expect(apart.chamferL2).toBeGreaterThan(100 * 2 * 0.01);
    expect(apart.fScore).toBe(0);
    expect(iouOf(Uint8Array.of(1, 1, 0), Uint8Array.of(0, 1, 1))).toBeCloseTo(1 / 3, 12);
  });

  it('of a convex shape by its hull are perfect', () => {
    const mesh = boxMesh([-0.25, -0.15, -0.35], [0.25, 0.15, 0.35]);
    const hull = predictByHull(mesh)!;
    expect(hull.inside(POINTS)).toEqual(predictByMesh(mesh).inside(POINTS));
  });

  it('average over families and over shapes, and leave out what is missing', () => {
    const scores = (iou: number, fScore: number | null) => ({
      iou,
      chamferL2: null,
      chamferL1: null,
      fScore,
    });
    const summary = summarise('test', [
      { family: 'b', scores: scores(0.9, 50) },
      { family: 'a', scores: scores(0.2, null) },
      { family: 'a', scores: scores(0.4, 10) },
    ]);
    expect(summary.macro.iou).toBeCloseTo(0.6, 12);
    expect(summary.micro.iou).toBeCloseTo(0.5, 12);
    expect(summary.macro.fScore).toBeCloseTo(30, 12);
    expect(summary.macro.chamferL1).toBeNull();
    expect(Object.keys(summary.families)).toEqual(['a', 'b']);
  });

  it('of the mean shape know what the training shapes share', async () => {
    const shapes = [0.2, 0.25, 0.3].map((half, i): DatasetShape => ({
      id: `cube-${i}`,
      family: 'cube',
      samples: {
        box: labelled(half),
        nearSurface: { points: new Float32Array(0), inside: new Uint8Array(0) },
      },
      views: [],
    }));
    const dataset: ShapeDataset = {
      name: 'cubes',
      families: ['cube'],
      shapes: () => shapes,
      read: (id) => Promise.resolve(ok(shapes.find((shape) => shape.id === id)!)),
      surface: () => Promise.resolve(ok(null)),
    };
    const mean = unwrap(await meanShape(dataset));
    expect(iouOf(mean.inside(POINTS), labelled(0.25).inside)).toBeGreaterThan(0.7);
    expect(mean.surface).toBeNull();
  });
});
