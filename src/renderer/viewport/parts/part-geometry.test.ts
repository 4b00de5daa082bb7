import { describe, expect, it } from 'vitest';
import { partPolytope } from '../../../shared/shape/explicit';
import { boxPart } from '../../../shared/shape/box.fixture';
import { loopCentroid, partBuffers } from './part-geometry';

describe('part buffers', () => {
  const body = partPolytope(boxPart(0, [0.1, 0.2, 0.3], [0.1, 0.2, 0.3], { id: 'a' }));
  if (!body.ok) throw new Error(body.error.message);
  const buffers = partBuffers(body.value);

  it('draws a box as 12 triangles and its 12 real edges, no diagonals', () => {
    expect(buffers.planes).toHaveLength(12);
    expect(buffers.edges).toHaveLength(12 * 6);
    for (let e = 0; e < 72; e += 6) {
      const moved = [0, 1, 2].filter((k) => Math.abs(buffers.edges[e + k] - buffers.edges[e + 3 + k]) > 1e-6);
      expect(moved).toHaveLength(1);
    }
  });

  it('gives every triangle the normal of the plane that made its face, wound outwards', () => {
    const normals = boxPart(0, [0, 0, 0], [1, 1, 1], { id: 'a' }).planes.map(({ normal }) => normal);
    buffers.planes.forEach((plane, triangle) => {
      for (const k of [0, 1, 2]) expect(buffers.normals[triangle * 9 + k]).toBeCloseTo(normals[plane][k], 6);
      const at = (corner: number, k: number): number => buffers.positions[triangle * 9 + corner * 3 + k];
      const u = [0, 1, 2].map((k) => at(1, k) - at(0, k));
      const v = [0, 1, 2].map((k) => at(2, k) - at(0, k));
      const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
      expect(cross.reduce((sum, x, k) => sum + x * normals[plane][k], 0)).toBeGreaterThan(0);
    });
  });

  it('finds the centres of the part and of a face', () => {
    [0.1, 0.2, 0.3].forEach((x, k) => expect(buffers.centre[k]).toBeCloseTo(x, 12));
    const face = body.value.faces.find(({ plane }) => plane === 1)!;
    const centre = loopCentroid(body.value.vertices, face.loop);
    [0.2, 0.2, 0.3].forEach((x, k) => expect(centre[k]).toBeCloseTo(x, 12));
  });
});
