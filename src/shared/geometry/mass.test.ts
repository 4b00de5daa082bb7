import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { unwrap } from '../result';
import { convexHull } from './hull';
import { principalInertia } from './inertia';
import { meshMass, polytopeMass, polytopeVolume } from './mass';
import { intersectHalfSpaces } from './polytope';
import { triangulatePolytope } from './triangulate';
import type { MassProperties, Polytope, Vec3 } from './types';

function box(low: Vec3, high: Vec3): Polytope {
  const planes = [0, 1, 2].flatMap((axis) => {
    const unit = [0, 0, 0];
    unit[axis] = 1;
    return [...unit, high[axis], ...unit.map((value) => 0 - value), -low[axis]];
  });
  return unwrap(intersectHalfSpaces(planes, { box: 1000 }));
}

function randomBody(random: Random): Polytope {
  return unwrap(convexHull(Array.from({ length: 60 }, () => random.normal()))).polytope;
}

function flat(mass: MassProperties): number[] {
  return [mass.volume, ...mass.centre, ...mass.inertia];
}

function expectClose(actual: MassProperties, expected: MassProperties, digits: number): void {
  flat(expected).forEach((value, term) => expect(flat(actual)[term]).toBeCloseTo(value, digits));
}

describe('polytopeMass', () => {
  it('of a box: volume, middle, m (b² + c²) / 12', () => {
    expectClose(
      polytopeMass(box([1, 2, 3], [2, 4, 6])),
      { volume: 6, centre: [1.5, 3, 4.5], inertia: [6.5, 5, 2.5, 0, 0, 0] },
      12,
    );
  });

  it('of the unit right simplex: 1/6, quarters, 1/80 and 1/480', () => {
    const { polytope } = unwrap(convexHull([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]));
    // Second moments about the centre: 1/160 on the diagonal, -1/480 off it; the tensor negates the latter.
    const on = 1 / 80;
    const off = 1 / 480;
    expectClose(
      polytopeMass(polytope),
      { volume: 1 / 6, centre: [0.25, 0.25, 0.25], inertia: [on, on, on, off, off, off] },
      14,
    );
  });

  it('of a triangular prism: area times height, the thirds of the triangle', () => {
    const { polytope } = unwrap(convexHull([0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0, 2, 3, 0, 2, 0, 6, 2]));
    const mass = polytopeMass(polytope);
    expect(mass.volume).toBeCloseTo(18, 12);
    [1, 2, 1].forEach((value, axis) => expect(mass.centre[axis]).toBeCloseTo(value, 12));
    expect(mass.inertia[2]).toBeCloseTo((18 * (9 + 36)) / 18, 11);
  });

  it('agrees with the volume alone and with samples (seed 31)', () => {
    const random = createRandom(31);
    const body = randomBody(random);
    expect(polytopeVolume(body)).toBeCloseTo(polytopeMass(body).volume, 11);
  });

  it('moves its centre with the body and keeps the rest, also far from the origin (seed 32)', () => {
    const body = randomBody(createRandom(32));
    const mass = polytopeMass(body);
    for (const by of [
      [1, -2, 0.5],
      [4096, 8192, -2048],
    ]) {
      const moved = polytopeMass({ ...body, vertices: body.vertices.map((value, at) => value + by[at % 3]) });
      const centre: Vec3 = [mass.centre[0] + by[0], mass.centre[1] + by[1], mass.centre[2] + by[2]];
      expectClose(moved, { ...mass, centre }, 8);
    }
  });

  it('grows with the cube of the scale, its inertia with the fifth power (seed 41)', () => {
    const body = randomBody(createRandom(41));
    const mass = polytopeMass(body);
    const scaled = polytopeMass({ ...body, vertices: body.vertices.map((value) => value / 2) });
    const half = flat(mass).map((value, term) => value / (term === 0 ? 8 : term < 4 ? 2 : 32));
    flat(scaled).forEach((value, term) => expect(value).toBeCloseTo(half[term], 10));
  });

  it('of a tetrahedron as it is written down, whichever corner its fans stand on', () => {
    const faces = [
      [0, 2, 1],
      [0, 1, 3],
      [1, 2, 3],
      [2, 0, 3],
    ].map((loop, plane) => ({ plane, loop }));
    const vertices = Float64Array.of(1, 2, 3, 3, 2, 3, 1, 5, 3, 1, 2, 7);
    const body: Polytope = { vertices, faces, redundantPlanes: [], clippedByBox: false };
    expect(polytopeVolume(body)).toBe(4);
    expect(polytopeVolume({ ...body, faces: [...faces].reverse() })).toBe(4);
    expect(polytopeVolume({ ...body, faces: [] })).toBe(0);
    const mass = polytopeMass(body);
    expect(mass.volume).toBeCloseTo(4, 12);
    [1.5, 2.75, 4].forEach((value, axis) => expect(mass.centre[axis]).toBeCloseTo(value, 12));
  });

  it('gives zeros for a mesh without triangles or volume', () => {
    const nothing = { volume: 0, centre: [0, 0, 0], inertia: [0, 0, 0, 0, 0, 0] };
    expect(meshMass({ positions: new Float64Array(), indices: new Uint32Array() })).toEqual(nothing);
    const flatMesh = {
      positions: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0),
      indices: Uint32Array.of(0, 1, 2, 0, 2, 1),
    };
    expect(meshMass(flatMesh)).toEqual(nothing);
  });
});

describe('principalInertia', () => {
  function turn([x, y, z, w]: readonly number[], [a, b, c]: readonly number[]): number[] {
    const [tx, ty, tz] = [2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)];
    return [a + w * tx + y * tz - z * ty, b + w * ty + z * tx - x * tz, c + w * tz + x * ty - y * tx];
  }

  it('keeps a diagonal tensor, ascending, with a unit quaternion', () => {
    const { moments, axes } = principalInertia([3, 1, 2, 0, 0, 0]);
    expect(moments).toEqual([1, 2, 3]);
    expect(Math.hypot(...axes)).toBeCloseTo(1, 14);
    expect(turn(axes, [0, 0, 1]).map(Math.abs)[0]).toBeCloseTo(1, 14);
    expect(principalInertia([2, 2, 2, 0, 0, 0]).axes).toEqual([0, 0, 0, 1]);
    expect(principalInertia([0, 0, 0, 0, 0, 0]).moments).toEqual([0, 0, 0]);
  });

  it('rebuilds the tensor of random bodies and keeps the triangle inequality (seed 51)', () => {
    const random = createRandom(51);
    for (let round = 0; round < 100; round++) {
      const { inertia } = polytopeMass(randomBody(random));
      const { moments, axes } = principalInertia(inertia);
      expect(axes[3]).toBeGreaterThanOrEqual(0);
      expect(moments[0] + moments[1]).toBeGreaterThanOrEqual(moments[2]);
      expect(moments[0]).toBeGreaterThan(0);
      const columns = [turn(axes, [1, 0, 0]), turn(axes, [0, 1, 0]), turn(axes, [0, 0, 1])];
      const entry = (i: number, j: number): number =>
        columns.reduce((sum, column, k) => sum + moments[k] * column[i] * column[j], 0);
      const rebuilt = [entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(0, 2), entry(1, 2)];
      rebuilt.forEach((value, term) =>
        expect(value / moments[2]).toBeCloseTo(inertia[term] / moments[2], 12),
      );
    }
  });
});

describe('triangulatePolytope', () => {
  it('fans every face from its first corner (seed 61)', () => {
    const body = randomBody(createRandom(61));
    const mesh = triangulatePolytope(body);
    const fans = body.faces.flatMap(({ loop }) =>
      loop.slice(2).flatMap((corner, at) => [loop[0], loop[at + 1], corner]),
    );
    expect(Array.from(mesh.indices)).toEqual(fans);
    expect(mesh.positions).toEqual(body.vertices);
    expect(mesh.positions).not.toBe(body.vertices);
  });
});
