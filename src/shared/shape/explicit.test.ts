import { describe, expect, it } from 'vitest';
import { inscribedSphere } from '../geometry/chebyshev';
import { polytopeMass, polytopeVolume } from '../geometry/mass';
import type { Vec3 } from '../geometry/types';
import { createRandom } from '../random';
import { unwrap } from '../result';
import { feasibleOffset, partContains, partPlanes, partPolytope, shapePolytopes } from './explicit';
import type { ConvexPart } from './types';

function partOf(rows: readonly (readonly number[])[], translation: Vec3 = [0, 0, 0]): ConvexPart {
  return {
    id: 'part',
    name: 'Part 1',
    index: 0,
    translation,
    planes: rows.map(([x, y, z, offset]) => ({ normal: [x, y, z], offset, locked: false })),
    smoothness: 175,
    visible: true,
    locked: false,
  };
}

const CUBE = [
  [1, 0, 0, 0.1],
  [-1, 0, 0, 0.1],
  [0, 1, 0, 0.1],
  [0, -1, 0, 0.1],
  [0, 0, 1, 0.1],
  [0, 0, -1, 0.1],
];

function withOffset(part: ConvexPart, plane: number, offset: number): ConvexPart {
  return { ...part, planes: part.planes.map((row, index) => (index === plane ? { ...row, offset } : row)) };
}

function randomPart(seed: number, count = 12): ConvexPart {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const normal = [random.normal(), random.normal(), random.normal()];
    return [...normal.map((value) => value / Math.hypot(...normal)), 0.05 + 0.3 * random.uniform()];
  });
  return partOf(rows, [random.normal() * 0.1, random.normal() * 0.1, random.normal() * 0.1]);
}

describe('partPolytope', () => {
  it('puts three cubes of half-size 0.1 at x = -0.25, 0, 0.25', () => {
    const parts = [-0.25, 0, 0.25].map((x) => partOf(CUBE, [x, 0, 0]));
    const bodies = shapePolytopes({ parts, sharpness: 75 }).map((body) => polytopeMass(unwrap(body)));
    bodies.forEach(({ volume, centre }, index) => {
      expect(volume).toBeCloseTo(0.008, 15);
      expect(centre[0]).toBeCloseTo(0.25 * index - 0.25, 15);
    });
  });

  it('keeps the topology when only the translation changes', () => {
    const part = randomPart(3);
    const here = unwrap(partPolytope(part));
    const there = unwrap(partPolytope({ ...part, translation: [0.4, -0.3, 1e3] }));
    expect(there.faces).toEqual(here.faces);
    expect(there.redundantPlanes).toEqual(here.redundantPlanes);
  });

  it('keeps the digits of a small body far from its translation', () => {
    const far = CUBE.map(([x, y, z, offset]) => [x, y, z, offset * 1e-5 + x * 1.5 + y * 0.7]);
    expect(polytopeVolume(unwrap(partPolytope(partOf(far)))) / 8e-18).toBeCloseTo(1, 7);
  });

  it('clips open parts to the box and names the part that is empty', () => {
    const open = unwrap(partPolytope(partOf(CUBE.slice(1)), { box: 1 }));
    expect(open.clippedByBox).toBe(true);
    expect(polytopeVolume(open)).toBeCloseTo(1.1 * 0.04, 14);
    const empty = partPolytope(withOffset(partOf(CUBE), 0, -0.2));
    expect(empty).toMatchObject({ ok: false, error: { code: 'empty-polytope' } });
    expect(empty).toHaveProperty('error.message', expect.stringContaining('Part 1'));
  });
});

describe('partContains', () => {
  it('agrees with the explicit body about the inside', () => {
    const part = randomPart(5);
    const sphere = unwrap(inscribedSphere(partPlanes(part)));
    const [x, y, z] = sphere.centre.map((value, axis) => value + part.translation[axis]);
    expect(partContains(part, x, y, z)).toBe(true);
    expect(partContains(part, x + 3, y, z)).toBe(false);
    expect(partContains(partOf(CUBE, [1, 0, 0]), 1, 0.1, 0)).toBe(true);
  });
});

describe('feasibleOffset', () => {
  it('of a face of a cube: from the face across on, without end', () => {
    expect(feasibleOffset(partOf(CUBE, [5, 5, 5]), 0)).toEqual({ minimum: -0.1, maximum: Infinity });
  });

  it('of a bevel of a cube: from corner to corner', () => {
    const s = Math.SQRT1_2;
    const range = feasibleOffset(partOf([...CUBE, [s, s, 0, 0.12]]), 6);
    expect(range.minimum).toBeCloseTo(-0.2 * s, 14);
    expect(range.maximum).toBeCloseTo(0.2 * s, 14);
  });

  it('is where the part turns empty and where the plane turns redundant (seeds 1..40)', () => {
    let bounded = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const part = randomPart(seed);
      const plane = seed % 12;
      const { minimum, maximum } = feasibleOffset(part, plane);
      if (minimum === -Infinity || maximum === Infinity || maximum > 1 || minimum < -1) continue;
      bounded++;
      const at = (offset: number): ReturnType<typeof partPolytope> =>
        partPolytope(withOffset(part, plane, offset));
      expect(at(minimum - 1e-6)).toMatchObject({ ok: false, error: { code: 'empty-polytope' } });
      expect(unwrap(at(minimum + 1e-3)).redundantPlanes).not.toContain(plane);
      expect(unwrap(at(maximum - 1e-6)).redundantPlanes).not.toContain(plane);
      expect(unwrap(at(maximum + 1e-6)).redundantPlanes).toContain(plane);
    }
    expect(bounded).toBeGreaterThan(10);
  });

  it('is an empty range when the other planes have no common inside', () => {
    const part = withOffset(partOf(CUBE), 0, -0.2);
    expect(feasibleOffset(part, 2)).toEqual({ minimum: Infinity, maximum: -Infinity });
    expect(feasibleOffset(partOf(CUBE.slice(0, 1)), 0)).toEqual({ minimum: -Infinity, maximum: Infinity });
  });
});
