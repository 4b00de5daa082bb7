import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { countEdgeUses, labelComponents, measureTopology, weldMap, weldVertices } from './mesh-topology';
import { boxMesh, bunnyMesh, teapotMesh, turnTriangles, withoutTriangles } from './testing/meshes';
import { joinMeshes } from './join';
import type { TriangleMesh } from './types';

const box = boxMesh([0, 0, 0], [1, 1, 1]);

/** Three vertices of its own per triangle, as STL stores it. */
function scattered({ positions, indices }: TriangleMesh): TriangleMesh {
  const out = new Float64Array(indices.length * 3);
  indices.forEach((v, i) => out.set(positions.subarray(v * 3, v * 3 + 3), i * 3));
  return { positions: out, indices: indices.map((_, i) => i) };
}

describe('measureTopology', () => {
  it('finds a box watertight, also when every triangle has vertices of its own', () => {
    for (const mesh of [box, scattered(box)]) {
      expect(measureTopology(mesh)).toEqual({
        vertices: 8,
        triangles: 12,
        openEdges: 0,
        nonManifoldEdges: 0,
        flippedEdges: 0,
        degenerateTriangles: 0,
        components: 1,
        watertight: true,
      });
    }
  });

  it('counts the rim of a hole, flipped neighbours and edges of many triangles', () => {
    expect(measureTopology(withoutTriangles(box, (t) => t < 2))).toMatchObject({
      openEdges: 4,
      watertight: false,
    });
    expect(measureTopology(turnTriangles(box, (t) => t === 0))).toMatchObject({
      flippedEdges: 3,
      watertight: false,
    });
    const sharing = joinMeshes([box, boxMesh([1, 1, 0], [2, 2, 1])]);
    expect(measureTopology(sharing)).toMatchObject({ nonManifoldEdges: 1, components: 1 });
  });

  it('counts triangles without area, of repeated vertices and of vertices in a row', () => {
    const positions = Float64Array.from([0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0]);
    const mesh = { positions, indices: Uint32Array.from([0, 1, 2, 0, 3, 1]) };
    expect(measureTopology(mesh)).toMatchObject({ degenerateTriangles: 2, watertight: false });
  });

  it('measures the sample meshes of the tests', () => {
    expect(measureTopology(bunnyMesh())).toMatchObject({ triangles: 3674, watertight: true, components: 1 });
    expect(measureTopology(teapotMesh())).toMatchObject({ triangles: 992, openEdges: 64, watertight: false });
  });

  it('calls an empty mesh not watertight', () => {
    const empty = { positions: new Float64Array(0), indices: new Uint32Array(0) };
    expect(measureTopology(empty)).toMatchObject({ components: 0, watertight: false });
  });
});

describe('weldVertices', () => {
  it('takes 0 and -0 for the same place', () => {
    const positions = Float64Array.from([0, 0, 0, -0, -0, -0, 1, 0, 0, 0, 1, 0]);
    expect(weldVertices({ positions, indices: Uint32Array.from([1, 2, 3]) }).positions).toHaveLength(9);
  });

  it('merges within the tolerance across cells, and no further', () => {
    const mesh = {
      positions: Float64Array.from([0.0999, 0, 0, 0.1001, 0, 0, 0.3, 0, 0]),
      indices: new Uint32Array(0),
    };
    expect(weldVertices(mesh, 0.1).positions).toHaveLength(6);
    expect(weldVertices(mesh, 1e-5).positions).toHaveLength(9);
  });
});

describe('weldVertices and weldMap on random places', () => {
  /** Places of a lattice, shuffled and repeated: many agree in one or two coordinates. */
  function places(seed: number, count: number): Float64Array {
    const random = createRandom(seed);
    return Float64Array.from({ length: 3 * count }, () => random.integer(5) - 2);
  }

  it('name equal places alike and others apart (seed 91)', () => {
    const positions = places(91, 300);
    const names = weldMap(positions);
    const first = new Map<string, number>();
    for (let v = 0; v < names.length; v++) {
      const key = positions.slice(v * 3, v * 3 + 3).join();
      if (!first.has(key)) first.set(key, first.size);
      expect(names[v]).toBe(first.get(key));
    }
  });

  it('drop exactly the triangles two of whose corners become one', () => {
    const positions = Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0);
    const indices = Uint32Array.of(0, 1, 2, 0, 3, 1, 0, 1, 4, 5, 1, 2, 0, 1, 3, 5, 4, 3);
    const welded = weldVertices({ positions, indices });
    expect(Array.from(welded.positions)).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    expect(Array.from(welded.indices)).toEqual([0, 1, 2, 2, 1, 0]);
  });

  it('merge within a tolerance as a search over all earlier places would (seed 92)', () => {
    const random = createRandom(92);
    const tolerance = 0.25;
    // Places on the tolerance's lattice lie within, at and beyond it; so do its halves.
    const positions = Float64Array.from({ length: 900 }, () => (random.integer(17) - 8) / 8);
    const near = (a: number, b: number): boolean =>
      Math.hypot(...[0, 1, 2].map((axis) => positions[3 * a + axis] - positions[3 * b + axis])) <= tolerance;
    const kept: number[] = [];
    for (let v = 0; v < 300; v++) if (!kept.some((earlier) => near(earlier, v))) kept.push(v);
    const welded = weldVertices({ positions, indices: new Uint32Array() }, tolerance);
    expect(Array.from(welded.positions)).toEqual(
      kept.flatMap((v) => Array.from(positions.subarray(3 * v, 3 * v + 3))),
    );
  });
});

describe('countEdgeUses', () => {
  it('counts both directions of each edge and skips triangles with a repeated vertex', () => {
    const indices = Uint32Array.of(0, 1, 2, 2, 1, 3, 0, 1, 3, 3, 3, 0, 0, 3, 3, 3, 0, 3);
    const { from, to, forward, backward } = countEdgeUses(indices, 4);
    const edges = Array.from(from, (low, e) => [low, to[e], forward[e], backward[e]]);
    expect(edges).toEqual([
      [0, 1, 2, 0],
      [1, 2, 1, 1],
      [0, 2, 0, 1],
      [1, 3, 2, 0],
      [2, 3, 0, 1],
      [0, 3, 0, 1],
    ]);
  });
});

describe('labelComponents', () => {
  it('numbers bodies in order of their first triangle', () => {
    const labels = labelComponents(joinMeshes([box, boxMesh([3, 3, 3], [4, 4, 4])]));
    expect([...labels]).toEqual([
      ...Array.from({ length: 12 }, () => 0),
      ...Array.from({ length: 12 }, () => 1),
    ]);
  });
});
