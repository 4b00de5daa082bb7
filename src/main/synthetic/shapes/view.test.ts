import { beforeAll, describe, expect, it } from 'vitest';
import { openManifold } from '../../../shared/geometry/manifold';
import { cameraPose, pixelRay } from '../../../shared/geometry/ray-camera';
import { unwrap } from '../../../shared/result';
import { FAMILIES } from './families';
import { makeShape, type ProceduralShape } from './shape';
import { renderViews, type RenderedView } from './view';

const SIZE = 40;
const shapes: ProceduralShape[] = [];
let views: readonly RenderedView[];
beforeAll(async () => {
  const api = await openManifold();
  for (const name of ['chair', 'aeroplane', 'tower']) {
    shapes.push(
      unwrap(
        makeShape(
          api,
          FAMILIES.find((family) => family.name === name)!,
          4,
        ),
      ),
    );
  }
  views = shapes.flatMap((shape, i) => renderViews(shape, 4, SIZE, i));
});

describe('rendered views', () => {
  it('are the same of the same seed', () => {
    expect(renderViews(shapes[0], 4, SIZE, 0)).toEqual(views.slice(0, 4));
    expect(renderViews(shapes[0], 4, SIZE, 9)).not.toEqual(views.slice(0, 4));
  });

  it('are filled by the shape, which never leaves them', () => {
    for (const { colour } of views) {
      const seen = Array.from({ length: SIZE * SIZE }, (_, p) => p).filter((p) => colour[p * 4 + 3] > 0);
      const columns = seen.map((p) => p % SIZE);
      const rows = seen.map((p) => Math.floor(p / SIZE));
      const width = Math.max(...columns) - Math.min(...columns) + 1;
      const height = Math.max(...rows) - Math.min(...rows) + 1;
      expect(Math.max(width, height)).toBeGreaterThanOrEqual(0.85 * SIZE);
      expect(Math.max(width, height)).toBeLessThanOrEqual(SIZE);
    }
    const projected = ({ camera }: RenderedView, positions: Float64Array): number => {
      const { eye, right, down, forward } = cameraPose(camera);
      let farthest = 0;
      for (let i = 0; i < positions.length; i += 3) {
        const p = [0, 1, 2].map((c) => positions[i + c] - eye[c]);
        const along = (axis: readonly number[]): number => p[0] * axis[0] + p[1] * axis[1] + p[2] * axis[2];
        const z = along(forward) * Math.tan(Math.atan(SIZE / 2 / camera.fy));
        farthest = Math.max(farthest, Math.abs(along(right)) / z, Math.abs(along(down)) / z);
      }
      return farthest;
    };
    // One is the picture's edge.
    for (const [i, view] of views.entries()) {
      const reach = projected(view, shapes[Math.floor(i / 4)].mesh.positions);
      expect(reach).toBeGreaterThan(0.8);
      expect(reach).toBeLessThan(0.975);
    }
  });

  it('look from 5 to 40 degrees above with 0.5 to 0.9 radians of view', () => {
    for (const { camera } of views) {
      const { forward } = cameraPose(camera);
      expect((-Math.asin(forward[1]) * 180) / Math.PI).toBeGreaterThanOrEqual(5);
      expect((-Math.asin(forward[1]) * 180) / Math.PI).toBeLessThanOrEqual(40);
      const view = 2 * Math.atan(SIZE / 2 / camera.fy);
      expect(view).toBeGreaterThanOrEqual(0.5);
      expect(view).toBeLessThanOrEqual(0.9);
    }
  });

  it('paint nothing beside the shape, and full colour at its edge', () => {
    for (const { colour } of views) {
      let edges = 0;
      for (let p = 0; p < SIZE * SIZE; p++) {
        const [r, g, b, a] = colour.subarray(p * 4, p * 4 + 4);
        if (a === 0) expect([r, g, b]).toEqual([0, 0, 0]);
        else if (a < 255) edges += r + g + b > 0 ? 1 : 0;
      }
      expect(edges).toBeGreaterThan(20);
    }
  });

  it('measure depth that lies on the shape', () => {
    for (const { camera, colour, depth } of views) {
      const pose = cameraPose(camera);
      let measured = 0;
      for (let p = 0; p < SIZE * SIZE; p++) {
        if (depth[p] === 0) continue;
        measured++;
        expect(colour[p * 4 + 3]).toBeGreaterThan(0);
        const ray = pixelRay(camera, pose, p % SIZE, Math.floor(p / SIZE));
        for (let c = 0; c < 3; c++)
          expect(Math.abs(pose.eye[c] + (ray[c] * depth[p]) / 1000)).toBeLessThan(0.55);
      }
      expect(measured).toBeGreaterThan(60);
    }
  });
});
