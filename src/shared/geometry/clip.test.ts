import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import {
  after,
  cornerVolume,
  cutBy,
  FACE,
  loadPlanes,
  measureReach,
  settle,
  startClip,
  type ClipState,
} from './clip';
import { ON_PLANE } from './epsilon';

const S = Math.SQRT1_2;
const T = Math.sqrt(1 / 3);

/** The cube of half-size `box` with these planes loaded and none of them cut yet. */
function cube(box: number, ...planes: number[][]): ClipState {
  const state = loadPlanes(planes.flat(), planes.length);
  startClip(box);
  return state;
}

function vertexOf({ vertex }: ClipState, index: number): number[] {
  return Array.from(vertex.subarray(4 * index, 4 * index + 3));
}

/** All vertices as sorted words, to compare sets of them. */
function wordsOf(points: readonly number[][]): string[] {
  return points.map((point) => point.map((x) => (x + 0).toFixed(9)).join(' ')).sort();
}

function wordsOfState(state: ClipState): string[] {
  return wordsOf(Array.from({ length: state.count }, (_, index) => vertexOf(state, index)));
}

function facesOf({ link }: ClipState, vertex: number): number[] {
  return [0, 1, 2].map((slot) => link[8 * vertex + slot + FACE]);
}

/** What holds between any two cuts: a simple polytope's graph, each vertex on its planes, its faces turned outwards. */
function expectPolytope(state: ClipState, tolerance = 1e-9): void {
  const { link, count, plane } = state;
  const wrong: string[] = [];
  const faces = new Set<number>();
  for (let vertex = 0; vertex < count; vertex++) {
    for (let slot = 8 * vertex; slot < 8 * vertex + 3; slot++) {
      const other = link[slot];
      const there = other >> 3;
      if (there < 0 || there >= count || there === vertex) wrong.push(`slot ${slot} leads to ${there}`);
      if (link[other] !== slot) wrong.push(`slot ${slot} is not where ${other} leads`);
      // Left of the edge at this end is right of it at the other.
      const [left, right] = [after(slot), after(after(slot))];
      const [farLeft, farRight] = [after(other), after(after(other))];
      if (link[left + FACE] !== link[farRight + FACE]) wrong.push(`left of slot ${slot}`);
      if (link[right + FACE] !== link[farLeft + FACE]) wrong.push(`right of slot ${slot}`);
    }
    const [x, y, z] = vertexOf(state, vertex);
    const rows = facesOf(state, vertex).map((face) => Array.from(plane.subarray(4 * face, 4 * face + 4)));
    for (const [nx, ny, nz, d] of rows) {
      const distance = nx * x + ny * y + nz * z - d;
      if (!(Math.abs(distance) < tolerance)) wrong.push(`vertex ${vertex} is ${distance} off its plane`);
    }
    const [a, b, c] = rows;
    const determinant =
      a[0] * (b[1] * c[2] - b[2] * c[1]) +
      a[1] * (b[2] * c[0] - b[0] * c[2]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
    if (!(determinant > 0)) wrong.push(`vertex ${vertex} has its faces the wrong way round`);
    for (const face of facesOf(state, vertex)) faces.add(face);
  }
  expect(wrong).toEqual([]);
  expect(count).toBe(2 * faces.size - 4);
}

const CORNERS = [-1, 1].flatMap((z) => [-1, 1].flatMap((y) => [-1, 1].map((x) => [x, y, z])));

describe('the cube that a clip starts with', () => {
  it('has its corners, sides and reach, whatever was loaded', () => {
    const state = cube(2, [0, 0, 1, 0.5], [1, 0, 0, -0.25]);
    expect(state.count).toBe(8);
    expect(state.reach).toBeCloseTo(2 * Math.sqrt(3), 14);
    expect(wordsOfState(state)).toEqual(wordsOf(CORNERS.map((corner) => corner.map((x) => 2 * x))));
    const sides = Array.from({ length: 6 }, (_, side) =>
      Array.from(state.plane.subarray(4 * (2 + side), 4 * (3 + side))),
    );
    expect(sides).toEqual([
      [-1, 0, 0, 2],
      [1, 0, 0, 2],
      [0, -1, 0, 2],
      [0, 1, 0, 2],
      [0, 0, -1, 2],
      [0, 0, 1, 2],
    ]);
    expectPolytope(state, 1e-15);
    expect(new Set(Array.from({ length: 8 }, (_, vertex) => facesOf(state, vertex)).flat())).toEqual(
      new Set([2, 3, 4, 5, 6, 7]),
    );
  });

  it('comes with the planes and the range of their offsets', () => {
    const state = cube(1, [0, 0, 1, 0.5], [1, 0, 0, -0.25], [0, 1, 0, 0.125]);
    expect([state.planes, state.smallest, state.largest]).toEqual([3, -0.25, 0.5]);
    expect(Array.from(state.plane.subarray(0, 12))).toEqual([0, 0, 1, 0.5, 1, 0, 0, -0.25, 0, 1, 0, 0.125]);
    const none = cube(1);
    expect([none.planes, none.smallest, none.largest]).toEqual([0, Infinity, -Infinity]);
  });

  it('has room for more planes than ever before, and all of them cut it', () => {
    const count = 1000;
    const random = createRandom(101);
    const planes = Array.from({ length: count }, () => {
      const normal = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(...normal);
      return [...normal.map((value) => value / length), 0.5];
    });
    const state = cube(1, ...planes);
    for (let index = 0; index < count; index++) cutBy(index);
    expectPolytope(state);
    // Planes that touch one ball: each makes a face.
    expect(state.count).toBe(2 * count - 4);
  });
});

describe('a cut', () => {
  it('takes one corner and puts three in its place', () => {
    const state = cube(1, [T, T, T, 2 * T]);
    expect(cutBy(0)).toBe('some');
    expectPolytope(state, 1e-15);
    const kept = CORNERS.filter((corner) => corner.some((x) => x < 0));
    expect(wordsOfState(state)).toEqual(wordsOf([...kept, [0, 1, 1], [1, 0, 1], [1, 1, 0]]));
    expect(facesOf(state, state.count - 1)).toContain(0);
  });

  it('takes four corners and puts four in their place', () => {
    const state = cube(1, [0, 1, 0, 0.25]);
    expect(cutBy(0)).toBe('some');
    expectPolytope(state, 1e-15);
    expect(wordsOfState(state)).toEqual(wordsOf(CORNERS.map(([x, y, z]) => [x, y < 0 ? y : 0.25, z])));
  });

  it('takes seven corners and leaves a tetrahedron, wherever the last one is', () => {
    for (const [x, y, z] of CORNERS) {
      const state = cube(1, [-x * T, -y * T, -z * T, -2 * T]);
      expect(cutBy(0)).toBe('some');
      expectPolytope(state, 1e-15);
      expect(wordsOfState(state)).toEqual(
        wordsOf([
          [x, y, z],
          [0, y, z],
          [x, 0, z],
          [x, y, 0],
        ]),
      );
    }
  });

  it('is nothing where no vertex is beyond by more than rounding, and something else', () => {
    const tolerance = ON_PLANE * Math.sqrt(3);
    const state = cube(1, [1, 0, 0, 1 - 0.9 * tolerance], [1, 0, 0, 1 - 1.1 * tolerance], [1, 0, 0, 3]);
    expect([cutBy(2), cutBy(0), state.count]).toEqual(['nothing', 'nothing', 8]);
    expect(wordsOfState(state)).toEqual(wordsOf(CORNERS));
    expect(cutBy(1)).toBe('some');
    expectPolytope(state);
  });

  it('is all where no vertex is inside by more than rounding, and leaves the body as it was', () => {
    const tolerance = ON_PLANE * Math.sqrt(3);
    const state = cube(1, [-1, 0, 0, -1 + 0.9 * tolerance], [1, 0, 0, -7], [-1, 0, 0, -1 + 1.1 * tolerance]);
    expect([cutBy(0), cutBy(1), state.count]).toEqual(['all', 'all', 8]);
    expect(wordsOfState(state)).toEqual(wordsOf(CORNERS));
    expectPolytope(state, 1e-15);
    expect(cutBy(2)).toBe('some');
    expect(state.count).toBe(8);
  });

  it('rounds as much as the plane is far, where that is more than the body reaches', () => {
    // Vertices a thousand away whose reach was measured wrongly.
    const state = cube(1, [1, 0, 0, -1000]);
    state.reach = 1e-3;
    for (let vertex = 0; vertex < 8; vertex++)
      state.vertex[4 * vertex] = -1000 + ON_PLANE * 900 * (vertex & 1);
    expect(cutBy(0)).toBe('nothing');
    for (let vertex = 0; vertex < 8; vertex++)
      state.vertex[4 * vertex] = -1000 + ON_PLANE * 2000 * (vertex & 1);
    expect(cutBy(0)).not.toBe('nothing');
  });

  it('of random planes, one after another, keeps a polytope and all that was inside (seeds 1..20)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed);
      const planes = Array.from({ length: 20 }, () => {
        const normal = [random.normal(), random.normal(), random.normal()];
        const length = Math.hypot(...normal);
        return [...normal.map((value) => value / length), 0.1 + 0.8 * random.uniform()];
      });
      const state = cube(1, ...planes);
      for (const index of planes.keys()) {
        const [nx, ny, nz, d] = planes[index];
        const before = Array.from({ length: state.count }, (_, vertex) => vertexOf(state, vertex));
        const out = before.filter(([x, y, z]) => nx * x + ny * y + nz * z > d);
        const stays = before.filter(([x, y, z]) => nx * x + ny * y + nz * z <= d);
        expect(cutBy(index)).toBe(out.length > 0 ? 'some' : 'nothing');
        expectPolytope(state);
        // What was inside is still there, and what is new lies on the plane.
        const now = new Set(wordsOfState(state));
        expect(wordsOf(stays).filter((word) => !now.has(word))).toEqual([]);
        const fresh = Array.from({ length: state.count }, (_, vertex) => vertex).filter((vertex) =>
          facesOf(state, vertex).includes(index),
        );
        expect(state.count).toBe(stays.length + fresh.length);
      }
    }
  });
});

describe('a cut that rounding has confused', () => {
  /** A cube whose corners stand at these heights over the plane x <= 0, as rounding may leave them. */
  function heights(...values: number[]): ClipState {
    const state = cube(1, [1, 0, 0, 0]);
    values.forEach((value, corner) => (state.vertex[4 * corner] = value));
    return state;
  }

  it('keeps a vertex that is alone outside, as if it were on the plane', () => {
    // Corners 0 and 7 are opposite; 7 is farther out, and wins.
    const state = heights(0.25, -1, -1, -1, -1, -1, -1, 1);
    expect(cutBy(0)).toBe('some');
    expect(state.count).toBe(10);
    expect(wordsOfState(state)).toEqual(
      wordsOf([
        [0.25, -1, -1],
        ...CORNERS.slice(1, 7).map(([, y, z]) => [-1, y, z]),
        [0, 1, 1],
        [0, 0, 1],
        [0, 1, 0],
      ]),
    );
  });

  it('takes a vertex that is alone inside, as if it were just beyond', () => {
    const state = heights(-1, 1, 1, 1, 1, 1, 1, -0.25);
    expect(cutBy(0)).toBe('some');
    expect(wordsOfState(state)).toEqual(
      wordsOf([
        [-1, -1, -1],
        [0, -1, -1],
        [0, 0, -1],
        [0, -1, 0],
      ]),
    );
  });
});

describe('measuring', () => {
  it('finds the vertex farthest from the origin on each axis', () => {
    for (const axis of [0, 1, 2]) {
      const state = cube(1);
      state.vertex[4 * 5 + axis] = -7;
      measureReach();
      expect(state.reach).toBeCloseTo(Math.sqrt(49 + 2), 14);
    }
    const state = cube(
      1,
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [-1, 0, 0, 0.5],
      [0, -1, 0, 0.5],
      [0, 0, -1, 0.25],
    );
    for (let plane = 0; plane < 6; plane++) cutBy(plane);
    expect(state.reach).toBeCloseTo(Math.sqrt(3), 14);
    measureReach();
    expect(state.reach).toBeCloseTo(0.75, 14);
  });

  it('gives the volume of the tetrahedron of the first vertex and its neighbours', () => {
    const state = cube(1);
    expect(cornerVolume()).toBeCloseTo(8 / 6, 14);
    for (const [axis, other] of [
      [0, 1],
      [1, 2],
      [2, 4],
    ]) {
      // The neighbour along one axis, moved along all three: the volume is that of the edge vectors.
      startClip(1);
      const [x, y, z] = [0.5, 0.25, -0.125];
      const moved = vertexOf(state, other).map((value, at) => value + [x, y, z][at]);
      state.vertex.set(moved, 4 * other);
      const edge = 2 + [x, y, z][axis];
      expect(cornerVolume()).toBeCloseTo((4 * edge) / 6, 14);
    }
  });
});

describe('settling', () => {
  // Three planes that meet at a right angle, askew, at (0.5, 0.25, -0.125), and the box behind them.
  const [a, b] = [
    [2 / 3, 1 / 3, 2 / 3],
    [-2 / 3, 2 / 3, 1 / 3],
  ];
  const c = [-1 / 3, -2 / 3, 2 / 3];
  const at = [0.5, 0.25, -0.125];
  const row = (normal: number[]): number[] => [
    ...normal,
    normal.reduce((sum, value, axis) => sum + value * at[axis], 0),
  ];

  function apex(...normals: number[][]): { state: ClipState; index: number } {
    const state = cube(4, ...normals.map(row));
    for (const index of normals.keys()) expect(cutBy(index)).toBe('some');
    const index = Array.from({ length: state.count }, (_, vertex) => vertex).find((vertex) =>
      facesOf(state, vertex).every((face) => face < 3),
    );
    return { state, index: index! };
  }

  it('brings a vertex onto its three planes, and says how well they meet', () => {
    const { state, index } = apex(a, b, c);
    for (const axis of [0, 1, 2]) {
      state.vertex[4 * index + axis] += 0.01 * (axis + 1);
      expect(settle(index, 0.5)).toBeCloseTo(1, 14);
      vertexOf(state, index).forEach((value, other) => expect(value).toBeCloseTo(at[other], 14));
    }
  });

  it('works for planes at other angles, too', () => {
    // n . (m x k) by hand: (1, 0, 0) . ((S, S, 0) x (T, T, T)) = S T.
    const { state, index } = apex([1, 0, 0], [S, S, 0], [T, T, T]);
    state.vertex.set([0.52, 0.22, -0.1], 4 * index);
    expect(settle(index, 0.1)).toBeCloseTo(S * T, 14);
    vertexOf(state, index).forEach((value, axis) => expect(value).toBeCloseTo(at[axis], 13));
  });

  it('leaves a vertex where it is when its planes meet too flatly', () => {
    const { state, index } = apex([1, 0, 0], [S, S, 0], [T, T, T]);
    state.vertex.set([0.52, 0.22, -0.1], 4 * index);
    expect(settle(index, 0.41)).toBeCloseTo(S * T, 14);
    expect(vertexOf(state, index)).toEqual([0.52, 0.22, -0.1]);
    expect(settle(index, Infinity)).toBeCloseTo(S * T, 14);
    expect(vertexOf(state, index)).toEqual([0.52, 0.22, -0.1]);
  });
});
