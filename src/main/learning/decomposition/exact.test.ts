import type { Manifold } from 'manifold-3d';
import { beforeAll, describe, expect, it } from 'vitest';
import { openManifold, type ManifoldApi } from '../../../shared/geometry/manifold';
import { polytopeMass } from '../../../shared/geometry/mass';
import { bunnyMesh, torusMesh } from '../../../shared/geometry/testing/meshes';
import { triangulatePolytope } from '../../../shared/geometry/triangulate';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { uniteMeshes } from '../../../shared/geometry/union';
import { createRandom } from '../../../shared/random';
import { unwrap } from '../../../shared/result';
import { partPolytope } from '../../../shared/shape/explicit';
import type { ConvexShape } from '../../../shared/shape/types';
import { exactShape } from './index';

let api: ManifoldApi;
beforeAll(async () => {
  api = await openManifold();
});

type Corner = readonly [number, number, number];
const LIMITS = { parts: 24, planes: 16 };

function box(low: Corner, high: Corner): Manifold {
  const [x, y, z] = high.map((value, axis) => value - low[axis]);
  return api.Manifold.cube([x, y, z]).translate([...low]);
}

function united(...boxes: readonly (readonly [Corner, Corner])[]): Manifold {
  return api.Manifold.union(boxes.map(([low, high]) => box(low, high)));
}

/** The mesh as a source has it: the middle at the origin, the longest edge 1. */
function meshOf(solid: Manifold): TriangleMesh {
  const { min, max } = solid.boundingBox();
  const size = Math.max(...max.map((high, axis) => high - min[axis]));
  const { vertProperties, triVerts } = solid.getMesh();
  const positions = Float64Array.from(vertProperties, (x, i) => (x - (min[i % 3] + max[i % 3]) / 2) / size);
  return { positions, indices: Uint32Array.from(triVerts) };
}

function partsOf(solid: Manifold, limits = LIMITS): ConvexShape | null {
  return exactShape(api, meshOf(solid), limits);
}

/** Volumes by the polytopes of the planes alone, which know nothing of the search. */
function measured(shape: ConvexShape, mesh: TriangleMesh) {
  const polytopes = shape.parts.map((part) => unwrap(partPolytope(part)));
  const union = unwrap(uniteMeshes(api, polytopes.map(triangulatePolytope)));
  const both = unwrap(uniteMeshes(api, [...polytopes.map(triangulatePolytope), mesh]));
  return {
    planes: polytopes.map(({ faces }) => faces.length),
    bounded: polytopes.every(({ clippedByBox }) => !clippedByBox),
    sum: polytopes.reduce((sum, polytope) => sum + polytopeMass(polytope).volume, 0),
    union: union.mass.volume,
    withSource: both.mass.volume,
  };
}

function volumeOf(mesh: TriangleMesh): number {
  return unwrap(uniteMeshes(api, [mesh])).mass.volume;
}

const SOLIDS: readonly (readonly [string, number, () => Manifold])[] = [
  ['a cube', 1, () => box([0, 0, 0], [1, 1, 1])],
  ['a turned cube', 1, () => box([0, 0, 0], [1, 1, 1]).rotate([20, 30, 10])],
  ['a beam of 200 : 1', 1, () => box([0, 0, 0], [2, 0.01, 0.01]).rotate([10, 20, 30])],
  ['a sheet of 1000 : 1', 1, () => box([0, 0, 0], [1, 1, 0.001]).rotate([1, 2, 3])],
  [
    'an L',
    2,
    () =>
      united(
        [
          [0, 0, 0],
          [1, 0.2, 0.3],
        ],
        [
          [0, 0, 0],
          [0.2, 0.8, 0.3],
        ],
      ),
  ],
  [
    'a bracket',
    3,
    () =>
      united(
        [
          [0, 0, 0],
          [1, 0.5, 0.1],
        ],
        [
          [0, 0, 0],
          [0.1, 0.5, 0.75],
        ],
        [
          [0, 0.2, 0],
          [0.5, 0.3, 0.4],
        ],
      ),
  ],
  [
    'a turned table',
    5,
    () =>
      united(
        [
          [0, 0, 0.7],
          [1, 0.6, 0.75],
        ],
        [
          [0, 0, 0],
          [0.05, 0.05, 0.71],
        ],
        [
          [0.95, 0, 0],
          [1, 0.05, 0.71],
        ],
        [
          [0, 0.55, 0],
          [0.05, 0.6, 0.71],
        ],
        [
          [0.95, 0.55, 0],
          [1, 0.6, 0.71],
        ],
      ).rotate([3, 50, 7]),
  ],
  ['a tub', 5, () => box([0, 0, 0], [1, 0.6, 0.4]).subtract(box([0.05, 0.05, 0.05], [0.95, 0.55, 0.5]))],
  [
    'stairs',
    6,
    () =>
      united(
        ...[0, 1, 2, 3, 4, 5].map(
          (i) =>
            [
              [i / 6, 0, 0],
              [1, 0.5, (i + 1) / 8],
            ] as [Corner, Corner],
        ),
      ),
  ],
  [
    'a cross',
    2,
    () =>
      united(
        [
          [0.4, 0, 0],
          [0.6, 1, 0.2],
        ],
        [
          [0, 0.4, 0],
          [1, 0.6, 0.2],
        ],
      ),
  ],
  ['a frame', 4, () => box([0, 0, 0], [1, 0.1, 1]).subtract(box([0.1, -1, 0.1], [0.9, 1, 0.9]))],
  [
    'a room without a door',
    6,
    () => box([0, 0, 0], [1, 1, 0.6]).subtract(box([0.1, 0.1, 0.1], [0.9, 0.9, 0.5])),
  ],
  [
    'a tube of eight sides',
    8,
    () =>
      api.Manifold.cylinder(1, 0.25, 0.25, 8).subtract(
        api.Manifold.cylinder(2, 0.18, 0.18, 8).translate([0, 0, -0.5]),
      ),
  ],
];

describe('a solid of flat sides', () => {
  it.each(SOLIDS)('%s becomes %i convex with its own planes', (name, count, make) => {
    const mesh = meshOf(make());
    const shape = exactShape(api, mesh, LIMITS)!;
    expect(shape.parts).toHaveLength(count);
    const found = measured(shape, mesh);
    expect(found.planes).toEqual(found.planes.map(() => 6));
    expect(found.bounded).toBe(true);
    const volume = volumeOf(mesh);
    expect(found.union / volume).toBeCloseTo(1, 4);
    expect(found.withSource / volume).toBeCloseTo(1, 4);
    expect(found.sum / volume).toBeLessThan(name === 'a cross' ? 1.12 : 1.0001);
  });

  it('has the very planes of the source, not those of rounded vertices', () => {
    const mesh = meshOf(SOLIDS.find(([name]) => name === 'a tub')![2]());
    const shape = exactShape(api, mesh, LIMITS)!;
    const coordinates = [0, 1, 2].map((axis) => [
      ...new Set(mesh.positions.filter((_, i) => i % 3 === axis)),
    ]);
    for (const part of shape.parts) {
      for (const { normal, offset } of part.planes) {
        const axis = normal.findIndex((value) => Math.abs(value) === 1);
        expect(axis).toBeGreaterThanOrEqual(0);
        const place = normal[axis] * offset + part.translation[axis];
        expect(Math.min(...coordinates[axis].map((value) => Math.abs(value - place)))).toBeLessThan(1e-12);
      }
    }
  });

  it('is told apart where bodies are not connected or only touch, and named from the largest on', () => {
    const apart = meshOf(
      api.Manifold.compose([box([0, 0, 0], [0.2, 0.2, 0.2]), box([0.5, 0, 0], [1, 0.3, 0.3])]),
    );
    const shape = exactShape(api, apart, LIMITS)!;
    expect(shape.parts.map(({ id, name, index }) => [id, name, index])).toEqual([
      ['part-01', 'Part 1', 0],
      ['part-02', 'Part 2', 1],
    ]);
    expect(shape.parts[0].translation[0]).toBeGreaterThan(shape.parts[1].translation[0]);
  });

  it('has no more parts or planes than are allowed, or is none', () => {
    const tub = SOLIDS.find(([name]) => name === 'a tub')![2]();
    expect(partsOf(tub, { parts: 5, planes: 6 })?.parts).toHaveLength(5);
    expect(partsOf(tub, { parts: 4, planes: 16 })).toBeNull();
    expect(partsOf(tub, { parts: 24, planes: 5 })).toBeNull();
  });

  it('gives the same parts every time', () => {
    const [, , make] = SOLIDS.find(([name]) => name === 'stairs')!;
    expect(partsOf(make())).toEqual(partsOf(make()));
  });

  it('made of boxes at random is covered and not left, turned and scaled as it may be (seed 12)', () => {
    const random = createRandom(12);
    const between = (low: number, high: number): number => low + (high - low) * random.uniform();
    let solved = 0;
    for (let round = 0; round < 12; round++) {
      const boxes = Array.from({ length: 2 + random.integer(3) }, () => {
        const low: Corner = [between(0, 0.6), between(0, 0.6), between(0, 0.6)];
        const high: Corner = [
          low[0] + between(0.1, 0.4),
          low[1] + between(0.1, 0.4),
          low[2] + between(0.1, 0.4),
        ];
        return [low, high] as const;
      });
      const solid = united(...boxes).rotate([between(0, 90), between(0, 90), between(0, 90)]);
      const mesh = meshOf(solid.scale(between(0.01, 100)));
      const shape = exactShape(api, mesh, LIMITS);
      if (shape === null) continue;
      solved++;
      const volume = volumeOf(mesh);
      const found = measured(shape, mesh);
      expect(found.union / volume).toBeCloseTo(1, 4);
      expect(found.withSource / volume).toBeCloseTo(1, 4);
    }
    expect(solved).toBe(12);
  });
});

describe('any other solid', () => {
  it.each<[string, () => TriangleMesh]>([
    ['a torus', () => torusMesh(0.36, 0.14, 48, 24)],
    ['the bunny', bunnyMesh],
    ['a ball', () => meshOf(api.Manifold.sphere(0.5, 32))],
    [
      'a round tube',
      () => meshOf(api.Manifold.cylinder(1, 0.25, 0.25, 64).subtract(api.Manifold.cylinder(1, 0.2, 0.2, 64))),
    ],
  ])('%s is left to be approximated', (_, make) => {
    expect(exactShape(api, make(), LIMITS)).toBeNull();
  });

  it('an open surface is left, too', () => {
    const { positions, indices } = meshOf(box([0, 0, 0], [1, 1, 1]));
    expect(exactShape(api, { positions, indices: indices.slice(0, -3) }, LIMITS)).toBeNull();
  });
});
