import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { isSphere } from './clip-weld';
import { meshMass, polytopeMass } from './mass';
import { facePlanes } from './plane';
import { intersectHalfSpaces } from './polytope';
import { largestDistance } from './testing/planes';
import { triangulatePolytope } from './triangulate';
import type { Polytope } from './types';

const CUBE = [1, 0, 0, 1, -1, 0, 0, 1, 0, 1, 0, 1, 0, -1, 0, 1, 0, 0, 1, 1, 0, 0, -1, 1];

function bodyOf(planes: ArrayLike<number>, box?: number): Polytope {
  const result = intersectHalfSpaces(planes, box === undefined ? {} : { box });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

function codeOf(planes: ArrayLike<number>): string {
  const result = intersectHalfSpaces(planes);
  return result.ok ? 'ok' : result.error.code;
}

/** Random unit normals, offsets in [low, high). */
function randomPlanes(random: Random, count: number, low = 0.05, high = 0.45): Float64Array {
  const planes = new Float64Array(count * 4);
  for (let plane = 0; plane < count; plane++) {
    const normal = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(...normal);
    planes.set([...normal.map((value) => value / length), low + (high - low) * random.uniform()], 4 * plane);
  }
  return planes;
}

/** What every returned polytope promises. */
function expectConsistent(polytope: Polytope, planes: ArrayLike<number>, tolerance = 1e-9): void {
  const { vertices, faces, redundantPlanes } = polytope;
  expect(isSphere(faces.map((face) => face.loop))).toBe(true);
  const used = new Set(faces.flatMap((face) => face.loop));
  expect(used.size).toBe(vertices.length / 3);
  expect(vertices.every((value) => Number.isFinite(value))).toBe(true);
  let farthest = -Infinity;
  for (let at = 0; at < vertices.length; at += 3) {
    farthest = Math.max(farthest, largestDistance(planes, vertices[at], vertices[at + 1], vertices[at + 2]));
  }
  expect(farthest).toBeLessThan(tolerance);
  const made = faces.map((face) => face.plane).filter((plane) => plane >= 0);
  expect([...made, ...redundantPlanes].sort((a, b) => a - b)).toEqual(
    Array.from({ length: planes.length / 4 }, (_, plane) => plane),
  );
  expect(polytopeMass(polytope).volume).toBeGreaterThan(0);
}

function cross(u: number[], v: number[]): number[] {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

/** All points where three planes meet that no plane excludes: the slow truth. */
function verticesByTriples(planes: Float64Array): number[][] {
  const count = planes.length / 4;
  const row = (plane: number): number[] => Array.from(planes.subarray(4 * plane, 4 * plane + 4));
  const found: number[][] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      for (let k = j + 1; k < count; k++) {
        const [a, b, c] = [row(i), row(j), row(k)] as [number[], number[], number[]];
        const [bc, ca, ab] = [cross(b, c), cross(c, a), cross(a, b)];
        const determinant = a[0] * bc[0] + a[1] * bc[1] + a[2] * bc[2];
        if (Math.abs(determinant) < 1e-9) continue;
        const point = [0, 1, 2].map((x) => (a[3] * bc[x] + b[3] * ca[x] + c[3] * ab[x]) / determinant);
        if (largestDistance(planes, point[0], point[1], point[2]) < 1e-10) found.push(point);
      }
    }
  }
  return found;
}

describe('intersectHalfSpaces on closed forms', () => {
  it('makes the cube with its six planes as faces', () => {
    const cube = bodyOf(CUBE);
    expectConsistent(cube, CUBE);
    expect(cube.faces.map((face) => face.plane)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(cube.faces.every((face) => face.loop.length === 4)).toBe(true);
    expect(cube.clippedByBox).toBe(false);
    expect(polytopeMass(cube).volume).toBe(8);
  });

  it('orients loops outward: the planes of the faces are the planes given', () => {
    const planes = randomPlanes(createRandom(5), 20);
    const body = bodyOf(planes);
    const again = facePlanes(body);
    body.faces.forEach((face, index) => {
      for (let term = 0; term < 4; term++)
        expect(again[4 * index + term]).toBeCloseTo(planes[4 * face.plane + term], 9);
    });
  });

  it('makes an octahedron, four planes through each vertex', () => {
    const planes: number[] = [];
    const s = Math.sqrt(1 / 3);
    for (const x of [-s, s]) for (const y of [-s, s]) for (const z of [-s, s]) planes.push(x, y, z, s);
    const body = bodyOf(planes);
    expectConsistent(body, planes);
    expect(body.vertices.length / 3).toBe(6);
    expect(body.faces.length).toBe(8);
    expect(polytopeMass(body).volume).toBeCloseTo(4 / 3, 12);
  });

  it('makes a cone of 64 planes through one vertex over a base', () => {
    const planes: number[] = [0, 0, -1, 0];
    const s = Math.SQRT1_2;
    for (let side = 0; side < 64; side++) {
      const angle = (2 * Math.PI * side) / 64;
      planes.push(s * Math.cos(angle), s * Math.sin(angle), s, s);
    }
    const body = bodyOf(planes);
    expectConsistent(body, planes);
    expect(body.vertices.length / 3).toBe(65);
    expect(body.faces.length).toBe(65);
    expect(polytopeMass(body).volume).toBeCloseTo((64 * Math.tan(Math.PI / 64)) / 3, 12);
  });

  it('names planes that only touch a vertex, an edge or a face as redundant', () => {
    const s = Math.SQRT1_2;
    const t = Math.sqrt(1 / 3);
    const planes = [...CUBE, s, s, 0, 2 * s, t, t, t, 3 * t, 1, 0, 0, 1, 0, 0, 1, 1.5];
    const body = bodyOf(planes);
    expectConsistent(body, planes);
    expect(body.redundantPlanes).toEqual([6, 7, 8, 9]);
    expect(body.vertices.length / 3).toBe(8);
  });

  it('keeps the first of duplicates, wherever they stand', () => {
    const planes = [...CUBE, ...CUBE];
    expect(bodyOf(planes).redundantPlanes).toEqual([6, 7, 8, 9, 10, 11]);
    planes[27] = 1 - 1e-13;
    expect(bodyOf(planes).redundantPlanes).toEqual([6, 7, 8, 9, 10, 11]);
  });

  it('clips open bodies to the box and says which side did it', () => {
    const body = bodyOf(CUBE.slice(4), 3);
    expectConsistent(body, CUBE.slice(4));
    expect(body.clippedByBox).toBe(true);
    expect(body.faces.at(-1)?.plane).toBe(-2);
    expect(polytopeMass(body).volume).toBeCloseTo(16, 12);
    expect(bodyOf([], 2).faces.map((face) => face.plane)).toEqual([-1, -2, -3, -4, -5, -6]);
  });
});

describe('the box around an open body', () => {
  const reach = (planes: number[], box?: number): number =>
    Math.max(...bodyOf(planes, box).vertices.map(Math.abs));

  it('is a thousand times the largest offset, of either sign, or 1', () => {
    expect(reach([0, 0, 1, 0.5])).toBeCloseTo(500, 9);
    expect(reach([0, 0, 1, -0.5])).toBeCloseTo(500, 9);
    expect(reach([0, 0, 1, 0.25, 1, 0, 0, -2])).toBeCloseTo(2000, 9);
    expect(reach([0, 0, 1, 0])).toBe(1);
    expect(reach([])).toBe(1);
    expect(reach([0, 0, 1, 0.5], 3)).toBe(3);
    expect(reach([0, 0, 1, 0.5], 0.25)).toBe(0.25);
  });

  it('is seen only where the planes leave the body open, however far they meet', () => {
    // A cone of four planes whose apex is far away.
    for (const far of [3, 5, 100, 900]) {
      const length = Math.hypot(far, 1);
      const sides = [1, -1].flatMap((sign) => [
        [(sign * far) / length, 0, 1 / length, far / length],
        [0, (sign * far) / length, 1 / length, far / length],
      ]);
      const planes = [0, 0, -1, 0, ...sides.flat()];
      const body = bodyOf(planes);
      expect(body.clippedByBox, `${far}`).toBe(false);
      expect(polytopeMass(body).volume).toBeCloseTo((4 * far) / 3, 9);
      expect(body.vertices).toHaveLength(15);
      const cut = bodyOf(planes, far / 2);
      expect(cut.clippedByBox).toBe(true);
      expect(cut.faces.at(-1)?.plane).toBe(-6);
    }
  });

  it.each([0, -1, Number.NaN, Infinity])('of half-size %d is refused', (box) => {
    const result = intersectHalfSpaces(CUBE, { box });
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-box' } });
    expect(result.ok ? '' : result.error.message).toContain(`${box}`);
  });
});

describe('intersectHalfSpaces on many planes', () => {
  it('lets each of many planes that touch one ball make its face (seed 31)', () => {
    const planes = randomPlanes(createRandom(31), 400, 0.3, 0.3);
    const body = bodyOf(planes);
    expect(body.faces.map(({ plane }) => plane)).toEqual(Array.from({ length: 400 }, (_, plane) => plane));
    expect(body.vertices).toHaveLength(3 * 796);
    expectConsistent(body, planes);
  });

  it('takes the first of planes that are given twice, whatever their offsets (seed 32)', () => {
    const random = createRandom(32);
    for (let round = 0; round < 40; round++) {
      const planes = randomPlanes(random, 30);
      const rows = Array.from({ length: 30 }, (_, plane) =>
        Array.from(planes.subarray(4 * plane, 4 * plane + 4)),
      );
      const once = bodyOf(planes);
      const twice = bodyOf([...rows, ...rows.toReversed()].flat());
      expect(twice.faces.map(({ plane }) => plane)).toEqual(once.faces.map(({ plane }) => plane));
      expect(twice.redundantPlanes).toHaveLength(once.redundantPlanes.length + 30);
    }
  });

  it('is not misled by planes that all lie far away, or all on one side (seed 33)', () => {
    const random = createRandom(33);
    for (const shift of [1, 10, 1000]) {
      const planes = randomPlanes(random, 40);
      const by = [0.6 * shift, -0.48 * shift, 0.64 * shift];
      const moved = planes.slice();
      for (let at = 0; at < moved.length; at += 4) {
        moved[at + 3] += moved[at] * by[0] + moved[at + 1] * by[1] + moved[at + 2] * by[2];
      }
      const [here, there] = [bodyOf(planes), bodyOf(moved)];
      expect(there.redundantPlanes).toEqual(here.redundantPlanes);
      expect(polytopeMass(there).volume).toBeCloseTo(polytopeMass(here).volume, 9);
    }
  });

  it('finds the one near plane among hundreds of far ones, wherever it stands (seed 34)', () => {
    const far = randomPlanes(createRandom(34), 200, 5, 9);
    for (const place of [0, 7, 8, 100, 199, 200]) {
      const rows = Array.from({ length: 200 }, (_, plane) =>
        Array.from(far.subarray(4 * plane, 4 * plane + 4)),
      );
      rows.splice(place, 0, [0, 0, 1, 0.1], ...[0, 4, 8, 12, 16, 20].map((at) => CUBE.slice(at, at + 4)));
      const body = bodyOf(rows.flat());
      expect(body.faces.map(({ plane }) => plane - place)).toEqual([0, 1, 2, 3, 4, 6]);
      expect(polytopeMass(body).volume).toBeCloseTo(4.4, 12);
      expect(body.redundantPlanes).toHaveLength(201);
    }
  });
});

describe('intersectHalfSpaces on bad input', () => {
  it('reports half-spaces without a common inside', () => {
    const planes = [...CUBE];
    planes[3] = -1.5;
    expect(codeOf(planes)).toBe('empty-polytope');
    planes[3] = -1;
    expect(codeOf(planes)).toBe('empty-polytope');
  });

  it('says which plane leaves nothing, and within what when a box was asked for', () => {
    const planes = [...CUBE];
    planes[3] = -1.5;
    // Near ones first: after plane 0, at -1.5, plane 1 is the first that excludes all.
    expect(intersectHalfSpaces(planes)).toMatchObject({
      error: { message: 'The 6 half-spaces have no common inside: plane 1 leaves nothing of the others.' },
    });
    expect(intersectHalfSpaces([0, 0, 1, -5], { box: 2 })).toMatchObject({
      error: {
        message:
          'The 1 half-spaces have no common inside within 2 of the origin: plane 0 leaves nothing of the others.',
      },
    });
  });

  it('tells a thin body from a sliver by volume over extent cubed', () => {
    const needle = (thickness: number, scale: number) =>
      intersectHalfSpaces(
        CUBE.map((value, at) => (at % 4 < 3 ? value : (scale * (at < 8 ? 1 : thickness)) / 2)),
      );
    for (const scale of [1e-3, 1, 1e3]) {
      // Over 1e-15 and under it.
      const kept = needle(4e-8, scale);
      expect(kept.ok && polytopeMass(kept.value).volume / scale ** 3 / 1.6e-15).toBeCloseTo(1, 6);
      const refused = needle(2e-8, scale);
      expect(refused).toMatchObject({ ok: false, error: { code: 'sliver-polytope' } });
      const { volume, extent } = JSON.parse(refused.ok ? '{}' : (refused.error.detail ?? '{}')) as Record<
        string,
        number
      >;
      expect(volume / scale ** 3 / 4e-16).toBeCloseTo(1, 6);
      expect(extent / scale).toBeCloseTo(1, 12);
    }
  });

  it('welds what is closer than asked', () => {
    const s = Math.sqrt(1 / 3);
    const planes = [...CUBE, s, s, s, (3 - 1e-3) * s];
    expect(intersectHalfSpaces(planes)).toMatchObject({ value: { redundantPlanes: [] } });
    expect(intersectHalfSpaces(planes, { weld: 1e-3 })).toMatchObject({ value: { redundantPlanes: [6] } });
  });

  it('reports slivers with the volume measured', () => {
    const planes = [...CUBE];
    planes[3] = -1 + 1e-10;
    const result = intersectHalfSpaces(planes);
    expect(result).toMatchObject({ ok: false, error: { code: 'sliver-polytope' } });
    expect(result).toHaveProperty('error.detail', expect.stringContaining('volume'));
  });

  it('reports NaN, infinities, zero and non-unit normals and odd lengths', () => {
    expect(codeOf([...CUBE, Number.NaN, 0, 0, 1])).toBe('non-finite-plane');
    expect(codeOf([...CUBE, 1, 0, 0, Infinity])).toBe('non-finite-plane');
    expect(codeOf([...CUBE, 0, 0, 0, 1])).toBe('non-finite-plane');
    expect(codeOf([...CUBE, 2, 0, 0, 1])).toBe('non-unit-plane');
    expect(codeOf([...CUBE, 1, 0, 0])).toBe('plane-layout');
    expect(intersectHalfSpaces(CUBE, { box: -1 }).ok).toBe(false);
  });
});

describe('intersectHalfSpaces on random bodies', () => {
  it('has exactly the vertices and faces of brute-force enumeration (seeds 1..60)', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed);
      const planes = randomPlanes(random, 6 + random.integer(19));
      const body = bodyOf(planes);
      if (body.clippedByBox) continue;
      expectConsistent(body, planes);
      const truth = verticesByTriples(planes);
      expect(body.vertices.length / 3, `seed ${seed}`).toBe(truth.length);
      for (const [x, y, z] of truth as [number, number, number][]) {
        let nearest = Infinity;
        for (let at = 0; at < body.vertices.length; at += 3) {
          nearest = Math.min(
            nearest,
            Math.hypot(body.vertices[at] - x, body.vertices[at + 1] - y, body.vertices[at + 2] - z),
          );
        }
        expect(nearest).toBeLessThan(1e-9);
      }
      const touched = (plane: number): number =>
        truth.filter(
          ([x, y, z]) =>
            Math.abs(largestDistance(planes.subarray(4 * plane, 4 * plane + 4), x!, y!, z!)) < 1e-10,
        ).length;
      const redundant = Array.from({ length: planes.length / 4 }, (_, plane) => plane).filter(
        (plane) => touched(plane) < 3,
      );
      expect(body.redundantPlanes, `seed ${seed}`).toEqual(redundant);
    }
  });

  it('keeps vertices within 1e-12 of the planes for 25 learned planes (seed 77)', () => {
    const random = createRandom(77);
    for (let round = 0; round < 200; round++) {
      const planes = randomPlanes(random, 25, 1e-6, 0.5);
      expectConsistent(bodyOf(planes), planes, 1e-12);
    }
  });

  it('agrees with max H <= 0 at 100000 points through the mesh (seed 9)', () => {
    const random = createRandom(9);
    const planes = randomPlanes(random, 25, 0.2, 0.45);
    const faces = facePlanes(bodyOf(planes));
    let inside = 0;
    let different = 0;
    for (let point = 0; point < 100_000; point++) {
      const [x, y, z] = [random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5];
      const truth = largestDistance(planes, x, y, z) <= 0;
      if (largestDistance(faces, x, y, z) <= 0 !== truth) different++;
      if (truth) inside++;
    }
    expect(different).toBe(0);
    const volume = polytopeMass(bodyOf(planes)).volume;
    const deviation = Math.sqrt((volume * (1 - volume)) / 100_000);
    expect(Math.abs(inside / 100_000 - volume)).toBeLessThan(4 * deviation);
  });

  it('moves with its planes: volume and redundant planes stay under translation (seed 3)', () => {
    const random = createRandom(3);
    for (let round = 0; round < 50; round++) {
      const planes = randomPlanes(random, 20);
      const body = bodyOf(planes);
      const by = [random.normal() * 3, random.normal() * 3, random.normal() * 3];
      const moved = planes.slice();
      for (let at = 0; at < moved.length; at += 4) {
        moved[at + 3] = moved[at + 3] + moved[at] * by[0] + moved[at + 1] * by[1] + moved[at + 2] * by[2];
      }
      const there = bodyOf(moved);
      if (body.clippedByBox) continue;
      expect(there.redundantPlanes).toEqual(body.redundantPlanes);
      expect(polytopeMass(there).volume).toBeCloseTo(polytopeMass(body).volume, 11);
    }
  });

  it('keeps its volume under rotation (seed 4)', () => {
    const random = createRandom(4);
    for (let round = 0; round < 50; round++) {
      const planes = randomPlanes(random, 20);
      const angle = random.uniform() * 6;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turned = planes.slice();
      for (let at = 0; at < turned.length; at += 4) {
        turned[at] = c * planes[at] - s * planes[at + 1];
        turned[at + 1] = s * planes[at] + c * planes[at + 1];
      }
      const body = bodyOf(planes);
      if (body.clippedByBox) continue;
      expect(polytopeMass(bodyOf(turned)).volume).toBeCloseTo(polytopeMass(body).volume, 12);
    }
  });
});

describe('intersectHalfSpaces on degenerate bodies', () => {
  it('survives duplicates, near-parallel planes and planes through vertices (fast-check seed 20240)', () => {
    const kinds = array(tuple(integer({ min: 0, max: 3 }), integer({ min: 1, max: 16 })), {
      maxLength: 24,
    });
    assert(
      property(integer({ min: 1, max: 1 << 30 }), kinds, (seed, extras) => {
        const random = createRandom(seed);
        const rows = Array.from(randomPlanes(random, 8, 1e-6, 0.4));
        for (const [kind, digits] of extras) {
          const at = 4 * random.integer(rows.length / 4);
          const row = rows.slice(at, at + 4);
          const size = 10 ** -digits;
          if (kind === 1) row[3] = row[3] + size * random.normal();
          if (kind >= 2) {
            const normal = row.slice(0, 3).map((value) => value + size * random.normal());
            const length = Math.hypot(...normal);
            row.splice(0, 3, ...normal.map((value) => value / length));
          }
          if (kind === 3) row[3] = row[3] + size * size;
          rows.push(...row);
        }
        const result = intersectHalfSpaces(rows);
        if (!result.ok) return ['empty-polytope', 'sliver-polytope'].includes(result.error.code);
        const reach = Math.max(1, ...result.value.vertices.map(Math.abs));
        expectConsistent(result.value, rows, 1e-9 * reach);
      }),
      { seed: 20240, numRuns: 1500 },
    );
  });

  it('survives small integer lattices, where everything is coplanar and concurrent (seed 12)', () => {
    const random = createRandom(12);
    for (let round = 0; round < 600; round++) {
      const rows: number[] = [...CUBE];
      for (let plane = 0; plane < 24; plane++) {
        const normal = [random.integer(5) - 2, random.integer(5) - 2, random.integer(5) - 2];
        const length = Math.hypot(...normal);
        if (length === 0) continue;
        rows.push(...normal.map((value) => value / length), random.integer(5) / length);
      }
      const result = intersectHalfSpaces(rows);
      if (result.ok) expectConsistent(result.value, rows);
      else expect(result.error.code).toBe('empty-polytope');
    }
  });

  it('returns thin parts like learned ones: 10 planes, offsets from 1e-6 to 0.36 (seed 42)', () => {
    const random = createRandom(42);
    let slivers = 0;
    for (let part = 0; part < 400; part++) {
      const planes = randomPlanes(random, 10, 0, 1);
      for (let at = 3; at < planes.length; at += 4) planes[at] = 1e-6 * 360_000 ** random.uniform();
      const result = intersectHalfSpaces(planes);
      if (!result.ok) throw new Error(result.error.message);
      expectConsistent(
        result.value,
        planes,
        Math.max(1e-9, 1e-12 * Math.max(...result.value.vertices.map(Math.abs))),
      );
      if (polytopeMass(result.value).volume < 1e-6) slivers++;
    }
    expect(slivers).toBeGreaterThan(40);
  });

  it('measures a box of 1e-6 by 1e-5 by 1e-5: volume 1e-16 (closed form)', () => {
    const planes = [...CUBE];
    [5e-7, 5e-7, 5e-6, 5e-6, 5e-6, 5e-6].forEach((offset, plane) => (planes[4 * plane + 3] = offset));
    expect(polytopeMass(bodyOf(planes)).volume / 1e-16).toBeCloseTo(1, 9);
  });

  it('gives a mesh whose signed volume is that of the fans about any point (seed 6)', () => {
    const body = bodyOf(randomPlanes(createRandom(6), 25));
    const mesh = triangulatePolytope(body);
    const moved = { ...mesh, positions: mesh.positions.map((value) => value + 1) };
    expect(meshMass(moved).volume).toBeCloseTo(meshMass(mesh).volume, 13);
  });
});
