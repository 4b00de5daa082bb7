import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { unwrap } from '../result';
import { convexHull } from './hull';
import { principalInertia } from './inertia';
import { combineMass, meshMass, polytopeMass, polytopeVolume, scaleMass, translateMass } from './mass';
import { intersectHalfSpaces } from './polytope';
import { triangleFaces, triangulatePolytope } from './triangulate';
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

  it('loses no digits far from the origin (seed 32)', () => {
    const body = randomBody(createRandom(32));
    const there = { ...body, vertices: body.vertices.map((value) => value + 4096) };
    const mass = polytopeMass(body);
    const moved = polytopeMass(there);
    expectClose(translateMass(moved, [-4096, -4096, -4096]), mass, 8);
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

describe('combineMass, translateMass, scaleMass', () => {
  it('put a box back together from its halves', () => {
    const halves = [polytopeMass(box([0, 0, 0], [1, 2, 3])), polytopeMass(box([1, 0, 0], [4, 2, 3]))];
    expectClose(combineMass(halves), polytopeMass(box([0, 0, 0], [4, 2, 3])), 10);
    expect(combineMass([]).volume).toBe(0);
  });

  it('follow the body (seed 41)', () => {
    const body = randomBody(createRandom(41));
    const by: Vec3 = [1, -2, 0.5];
    const moved = { ...body, vertices: body.vertices.map((value, at) => value + by[at % 3]) };
    expectClose(translateMass(polytopeMass(body), by), polytopeMass(moved), 9);
    const scaled = { ...body, vertices: body.vertices.map((value) => value * 0.5) };
    expectClose(scaleMass(polytopeMass(body), 0.5), polytopeMass(scaled), 10);
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
  it('fans every face and says which face a triangle is of (seed 61)', () => {
    const body = randomBody(createRandom(61));
    const cube = box([0, 0, 0], [1, 1, 1]);
    expect(Array.from(triangleFaces(cube))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    const mesh = triangulatePolytope(body);
    const vertices = body.vertices.length / 3;
    expect(mesh.indices.length / 3).toBe(2 * vertices - 4);
    triangleFaces(body).forEach((face, triangle) => {
      for (let corner = 0; corner < 3; corner++) {
        expect(body.faces[face].loop).toContain(mesh.indices[3 * triangle + corner]);
      }
    });
    expect(meshMass(mesh).volume).toBeGreaterThan(0);
  });
});
