import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { triangleCorners } from './bvh';
import { boxMesh, turnTriangles } from './testing/meshes';
import { joinMeshes } from './join';
import type { TriangleMesh, Vec3 } from './types';
import { createCrossingCounter } from './winding-crossings';

interface SignedBox {
  readonly low: Vec3;
  readonly high: Vec3;
  readonly sign: 1 | -1;
}

function counterOf(mesh: TriangleMesh): (x: number, y: number, z: number) => number {
  return createCrossingCounter(triangleCorners(mesh.positions, mesh.indices));
}

function meshOf({ low, high, sign }: SignedBox): TriangleMesh {
  const box = boxMesh(low, high);
  return sign > 0 ? box : turnTriangles(box, () => true);
}

describe('createCrossingCounter', () => {
  it('counts boxes that overlap, touch and lie inside out, at places level with their corners too (seed 141)', () => {
    const random = createRandom(141);
    for (let round = 0; round < 40; round++) {
      const boxes = Array.from({ length: 1 + random.integer(6) }, (): SignedBox => {
        const low: Vec3 = [random.integer(4), random.integer(4), random.integer(4)];
        const size = (): number => 1 + random.integer(3);
        return {
          low,
          high: [low[0] + size(), low[1] + size(), low[2] + size()],
          sign: random.integer(3) > 0 ? 1 : -1,
        };
      });
      const counter = counterOf(joinMeshes(boxes.map(meshOf)));
      for (let place = 0; place < 60; place++) {
        // Sideways on the corners' lattice, where a tie moves the place by (e, e^2); upwards between its levels.
        const [x, y, z] = [
          random.integer(15) / 2 - 0.5,
          random.integer(15) / 2 - 0.5,
          random.integer(8) - 0.5,
        ];
        const expected = boxes
          .filter(
            ({ low, high }) =>
              low[0] <= x && x < high[0] && low[1] <= y && y < high[1] && low[2] < z && z < high[2],
          )
          .reduce((sum, { sign }) => sum + sign, 0);
        expect(counter(x, y, z), `round ${round}: ${x}, ${y}, ${z}`).toBe(expected);
      }
    }
  });

  it('takes each place of a shared slanted edge and corner for exactly one of the triangles there', () => {
    // A square of four triangles about its middle, seen from below: a closed surface crosses the ray once.
    const positions = Float64Array.of(0, 0, 2, 4, 0, 2, 4, 4, 2, 0, 4, 2, 2, 2, 3);
    const roof = { positions, indices: Uint32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4) };
    const counter = counterOf(roof);
    for (let x = 0; x < 4; x += 0.5) {
      for (let y = 0; y < 4; y += 0.5) expect(counter(x, y, 0), `${x}, ${y}`).toBe(1);
    }
    expect([counter(4, 2, 0), counter(2, 4, 0), counter(-0.5, 2, 0), counter(2, 2, 4)]).toEqual([0, 0, 0, 0]);
    const turned = counterOf(turnTriangles(roof, () => true));
    for (let x = 0; x < 4; x += 0.5) expect(turned(x, x, 0)).toBe(-1);
  });

  it('of nothing is 0', () => {
    expect(createCrossingCounter(new Float64Array())(0, 0, 0)).toBe(0);
  });
});
