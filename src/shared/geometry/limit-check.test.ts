import { describe, expect, it } from 'vitest';
import { unwrap } from '../result';
import { PHYSICS_ENGINE_LIMITS, type PhysicsEngine } from './physics-engine-limits';
import { checkPolytope, checkShape, thicknessAcrossFaces } from './limit-check';
import { intersectHalfSpaces } from './polytope';
import type { Polytope } from './types';

/** A prism over a regular polygon: 2 sides vertices, sides + 2 faces. Radius 1, height 2 half. */
function prism(sides: number, half = 1): Polytope {
  const planes = [0, 0, 1, half, 0, 0, -1, half];
  for (let side = 0; side < sides; side++) {
    const angle = (2 * Math.PI * side) / sides;
    planes.push(Math.cos(angle), Math.sin(angle), 0, 1);
  }
  return unwrap(intersectHalfSpaces(planes));
}

/** A pyramid whose tip belongs to `sides` faces. */
function pyramid(sides: number): Polytope {
  const planes = [0, 0, -1, 0];
  for (let side = 0; side < sides; side++) {
    const angle = (2 * Math.PI * side) / sides;
    planes.push(Math.SQRT1_2 * Math.cos(angle), Math.SQRT1_2 * Math.sin(angle), Math.SQRT1_2, Math.SQRT1_2);
  }
  return unwrap(intersectHalfSpaces(planes));
}

function kinds(polytope: Polytope, target: PhysicsEngine): string[] {
  return checkPolytope(polytope, target).map(({ kind, severity }) => `${kind} ${severity}`);
}

describe('checkPolytope', () => {
  it('finds nothing about a cube for any engine', () => {
    for (const target of Object.keys(PHYSICS_ENGINE_LIMITS) as PhysicsEngine[])
      expect(kinds(prism(4), target)).toEqual([]);
  });

  it('holds PhysX on the GPU to 64 vertices, 64 faces, 32 faces at a vertex', () => {
    expect(kinds(prism(32), 'physx-gpu')).toEqual([]);
    expect(kinds(prism(33), 'physx-gpu')).toEqual(['vertices error']);
    expect(kinds(prism(63), 'physx-gpu')).toEqual(['vertices error', 'faces error']);
    expect(kinds(pyramid(32), 'physx-gpu')).toEqual([]);
    expect(kinds(pyramid(33), 'physx-gpu')).toEqual(['faces-per-vertex error']);
  });

  it('holds PhysX on the GPU to a sphere of a hundredth of the extent and both to a millimetre', () => {
    const plate = prism(4, 0.015);
    expect(kinds(plate, 'physx-gpu')).toEqual(['in-sphere error']);
    expect(checkPolytope(plate, 'physx-gpu')[0].value).toBeCloseTo(0.0075, 12);
    expect(kinds(prism(4, 0.0004), 'physx-cpu')).toEqual(['thickness warning']);
  });

  it('holds PhysX on the CPU and Unity to 255 vertices, and to 255 and 256 faces', () => {
    expect(kinds(prism(128), 'physx-cpu')).toEqual(['vertices error']);
    expect(kinds(prism(128), 'unity')).toEqual(['vertices error']);
    expect(kinds(prism(254), 'physx-cpu')).toEqual(['vertices error', 'faces error']);
    expect(kinds(prism(254), 'unity')).toEqual(['vertices error']);
    expect(kinds(prism(255), 'unity')).toEqual(['vertices error', 'faces error']);
  });

  it('advises 32 vertices for Unreal, Godot and MJX, which ends at 64; MuJoCo and Rapier take any', () => {
    const part = prism(17);
    expect(kinds(part, 'unreal')).toEqual(['vertices warning']);
    expect(kinds(part, 'godot')).toEqual(['vertices warning']);
    expect(kinds(part, 'mjx')).toEqual(['vertices warning']);
    expect(kinds(prism(33), 'mjx')).toEqual(['vertices error']);
    expect(kinds(prism(200), 'mujoco')).toEqual([]);
    expect(kinds(prism(200), 'rapier')).toEqual([]);
  });

  it('says the numbers of every finding in a sentence', () => {
    const sentences = (part: Polytope, target: PhysicsEngine): string[] =>
      checkPolytope(part, target).map(({ message }) => message);
    expect(sentences(prism(33), 'mjx')).toEqual(['The part has 66 vertices, the limit is 64 (MuJoCo MJX).']);
    const title = PHYSICS_ENGINE_LIMITS['physx-gpu'].title;
    expect(sentences(prism(63), 'physx-gpu')[1]).toBe(`The part has 65 faces, the limit is 64 (${title}).`);
    expect(sentences(pyramid(33), 'physx-gpu')).toEqual([
      `A vertex of the part belongs to 33 faces, the limit is 32 (${title}).`,
    ]);
    expect(sentences(prism(4, 0.0004), 'physx-gpu')).toEqual([
      `The largest sphere inside the part has 2.00e-4 of its extent as radius, the limit is 0.01 (${title}).`,
      `The part is 8.00e-4 m thick, the limit is 0.001 m (${title}).`,
    ]);
    expect(sentences(prism(4, 0.015), 'physx-gpu')).toEqual([
      `The largest sphere inside the part has 0.00750 of its extent as radius, the limit is 0.01 (${title}).`,
    ]);
  });

  it('measures a part by its own extent, wherever it lies', () => {
    for (const axis of [0, 1, 2]) {
      const { vertices, ...rest } = prism(4, 0.015);
      const away = { ...rest, vertices: vertices.map((value, at) => value + (at % 3 === axis ? 50 : 0)) };
      expect(checkPolytope(away, 'physx-gpu')[0].value).toBeCloseTo(0.0075, 9);
    }
  });
});

describe('checkShape', () => {
  it('counts parts and says which part a finding is about', () => {
    const cube = prism(4);
    const parts = (count: number): Polytope[] => Array.from({ length: count }, () => cube);
    expect(checkShape(parts(32), 'physx-gpu')).toEqual([]);
    expect(checkShape(parts(33), 'physx-gpu').map(({ kind }) => kind)).toEqual(['parts']);
    expect(checkShape(parts(101), 'unreal')).toHaveLength(1);
    expect(checkShape(parts(1025), 'rapier')).toHaveLength(1);
    expect(checkShape([cube, prism(33)], 'mjx')).toMatchObject([{ kind: 'vertices', part: 1 }]);
  });
});

describe('thicknessAcrossFaces', () => {
  it('is the shortest side of a box', () => {
    expect(thicknessAcrossFaces(prism(4, 0.25))).toBeCloseTo(0.5, 12);
  });

  it('of a regular tetrahedron is its height, and of a triangular prism that of the triangle', () => {
    const corner = Math.sqrt(1 / 3);
    const signs = [
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
    ];
    const planes = signs.flatMap((row) => [...row.map((sign) => sign * corner), 1]);
    expect(thicknessAcrossFaces(unwrap(intersectHalfSpaces(planes)))).toBeCloseTo(4, 12);
    expect(thicknessAcrossFaces(prism(3, 5))).toBeCloseTo(3, 12);
  });
});
