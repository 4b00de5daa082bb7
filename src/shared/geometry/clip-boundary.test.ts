import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { cutBy, loadPlanes, measureReach, startClip, type ClipState } from './clip';
import { preferEarlier, readBoundary, type Boundary } from './clip-boundary';
import { isSphere } from './clip-weld';
import { WELD } from './epsilon';

const T = Math.sqrt(1 / 3);

/** A box by its lowest and highest corner as planes -x, +x, -y, +y, -z, +z. */
function boxPlanes(low: readonly number[], high: readonly number[]): number[][] {
  return [0, 1, 2].flatMap((axis) =>
    [-1, 1].map((sign) => {
      const normal = [0, 0, 0];
      normal[axis] = sign;
      return [...normal, sign < 0 ? -low[axis] : high[axis]];
    }),
  );
}

/** The cube of half-size 100 about the origin, cut by all these planes in their order. */
function cut(planes: readonly number[][]): ClipState {
  const state = loadPlanes(planes.flat(), planes.length);
  startClip(100);
  for (const index of planes.keys()) cutBy(index);
  measureReach();
  return state;
}

function bodyOf(planes: readonly number[][], weld = WELD): Boundary {
  return readBoundary(cut(planes), weld);
}

function vertex({ vertices }: Boundary, index: number): number[] {
  return Array.from(vertices.subarray(3 * index, 3 * index + 3));
}

function words(points: readonly (readonly number[])[]): string[] {
  return points.map((point) => point.map((x) => (x + 0).toFixed(9)).join(' ')).sort();
}

function wordsOf(boundary: Boundary): string[] {
  return words(Array.from({ length: boundary.vertices.length / 3 }, (_, index) => vertex(boundary, index)));
}

/** The area vector of a loop, by Newell's sum. */
function areaOf(boundary: Boundary, loop: readonly number[]): number[] {
  const sum = [0, 0, 0];
  loop.forEach((from, at) => {
    const [a, b] = [vertex(boundary, from), vertex(boundary, loop[(at + 1) % loop.length])];
    for (const axis of [0, 1, 2]) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      sum[axis] += (a[u] * b[v] - a[v] * b[u]) / 2;
    }
  });
  return sum.map((x) => Math.round(x * 1e9) / 1e9 + 0);
}

/** Planes by their normals, all at distance 1 from the origin. */
function tangents(normals: readonly number[][]): number[][] {
  return normals.map((normal) => {
    const length = Math.hypot(...normal);
    return [...normal.map((value) => value / length), 1];
  });
}

describe('the boundary of a body', () => {
  it('is the faces of a box with their sizes, turned outwards, in the order of the planes', () => {
    const box = bodyOf(boxPlanes([-1, -2, -3], [4, 5, 6]));
    expect(box.planes).toEqual([0, 1, 2, 3, 4, 5]);
    expect(box.vertices).toHaveLength(24);
    const areas = box.loops.map((loop) => areaOf(box, loop));
    expect(areas).toEqual([
      [-63, 0, 0],
      [63, 0, 0],
      [0, -45, 0],
      [0, 45, 0],
      [0, 0, -35],
      [0, 0, 35],
    ]);
    expect(isSphere(box.loops)).toBe(true);
  });

  it('has the extent of its longest side, whichever that is', () => {
    expect(bodyOf(boxPlanes([1, 1, 1], [8, 2, 3])).extent).toBeCloseTo(7, 12);
    expect(bodyOf(boxPlanes([-9, -8, -7], [-8, -1, -5])).extent).toBeCloseTo(7, 12);
    expect(bodyOf(boxPlanes([1, -5, -3], [2, -4, 4])).extent).toBeCloseTo(7, 12);
  });

  it('has the extent of its vertices, whatever its form and place (seed 7)', () => {
    const random = createRandom(7);
    for (let round = 0; round < 20; round++) {
      const by = [random.normal(), random.normal(), random.normal()];
      const normals = Array.from({ length: 9 }, () => [random.normal(), random.normal(), random.normal()]);
      const planes = [...tangents(normals), ...boxPlanes([-2, -2, -2], [2, 2, 2])];
      const body = bodyOf(planes.map(([x, y, z, d]) => [x, y, z, d + x * by[0] + y * by[1] + z * by[2]]));
      const sides = [0, 1, 2].map((axis) => {
        const along = Array.from(body.vertices).filter((_, at) => at % 3 === axis);
        return Math.max(...along) - Math.min(...along);
      });
      expect(body.extent).toBe(Math.max(...sides));
    }
  });

  it('names the sides of the starting box behind the planes', () => {
    const open = bodyOf([[0, 0, 1, 1]]);
    // Of the six sides, +z was cut away.
    expect(open.planes).toEqual([0, 1, 2, 3, 4, 5]);
    expect(open.extent).toBe(200);
    expect(areaOf(open, open.loops[0])).toEqual([0, 0, 40_000]);
    expect(areaOf(open, open.loops[5])).toEqual([0, 0, -40_000]);
  });

  it.each([3, 4, 5, 6, 7, 8, 12, 150])('has faces with %i corners, with all of them, in order', (sides) => {
    const ring = Array.from({ length: sides }, (_, side) => {
      const angle = 0.1 + (2 * Math.PI * side) / sides;
      return [Math.cos(angle), Math.sin(angle), 0, 1];
    });
    const prism = bodyOf([[0, 0, 1, 0.5], [0, 0, -1, 0.25], ...ring]);
    expect(prism.loops.map((loop) => loop.length)).toEqual([sides, sides, ...ring.map(() => 4)]);
    const area = sides * Math.tan(Math.PI / sides);
    expect(areaOf(prism, prism.loops[0])[2]).toBeCloseTo(area, 8);
    expect(areaOf(prism, prism.loops[1])[2]).toBeCloseTo(-area, 8);
    for (let side = 0; side < sides; side++) {
      const along = areaOf(prism, prism.loops[side + 2]);
      expect(Math.hypot(...along)).toBeCloseTo(1.5 * Math.tan(Math.PI / sides), 8);
      expect(along[0]).toBeCloseTo(ring[side][0] * Math.hypot(...along), 8);
    }
    expect(prism.vertices).toHaveLength(6 * sides);
  });

  it('stays as it is when other bodies are read, small and large, and keeps no large buffer alive', () => {
    const sizes = Array.from({ length: 150 }, (_, index) => 1 + index / 8);
    const boxes = sizes.map((size) => bodyOf(boxPlanes([0, 0, 0], [size, 1, 1])));
    boxes.forEach((box, index) => {
      const size = sizes[index];
      expect(wordsOf(box)).toEqual(
        words([0, 1].flatMap((z) => [0, 1].flatMap((y) => [0, size].map((x) => [x, y, z])))),
      );
      expect(box.vertices.buffer.byteLength).toBeLessThanOrEqual(8192);
    });
    // Several share one, or each would cost a buffer of its own.
    expect(new Set(boxes.map(({ vertices }) => vertices.buffer)).size).toBeLessThan(10);
    const random = createRandom(5);
    const many = bodyOf(tangents(Array.from({ length: 100 }, () => [0, 1, 2].map(() => random.normal()))));
    expect(many.vertices.length).toBe(3 * 196);
    expect(many.vertices.buffer.byteLength).toBe(8 * many.vertices.length);
  });
});

describe('welding', () => {
  // The corner (1, 1, 1) of a cube cut off: the edge along x is cut shortest, that along z longest.
  const normal = [0.8, 0.5, Math.sqrt(1 - 0.64 - 0.25)];
  const cube = boxPlanes([-1, -1, -1], [1, 1, 1]);
  const cutCorner = (depth: number): number[][] => [
    ...cube,
    [...normal, normal[0] + normal[1] + normal[2] - depth],
  ];

  it('leaves a corner that is cut by more than the distance', () => {
    const body = bodyOf(cutCorner(0.01), 1e-3);
    expect(body.planes).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(body.vertices).toHaveLength(30);
  });

  it('joins the corners of a cut to the one whose planes meet best, and forgets the cut', () => {
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const turned = order.map((axis) => normal[axis]);
      const body = bodyOf([...cube, [...turned, turned.reduce((sum, value) => sum + value) - 1e-3]], 2e-3);
      expect(body.planes).toEqual([0, 1, 2, 3, 4, 5]);
      expect(body.loops.map((loop) => loop.length)).toEqual([4, 4, 4, 4, 4, 4]);
      // Two sides of the cube and the cut meet best on the edge that the cut's normal is nearest to.
      const corner = order.map((axis) => (axis === 0 ? 1 - 1e-3 / 0.8 : 1));
      expect(wordsOf(body)).toEqual(
        words([
          ...[-1, 1]
            .flatMap((z) => [-1, 1].flatMap((y) => [-1, 1].map((x) => [x, y, z])))
            .filter((point) => point.includes(-1)),
          corner,
        ]),
      );
      expect(isSphere(body.loops)).toBe(true);
      expect(Math.max(...body.loops.flat())).toBe(7);
    }
  });

  it('takes its distance from the size of the body', () => {
    const of = (scale: number, weld: number): number =>
      bodyOf(
        cutCorner(1e-3).map(([x, y, z, d]) => [x, y, z, d * scale]),
        weld,
      ).planes.length;
    for (const scale of [0.01, 1, 40]) {
      expect(of(scale, 2e-3)).toBe(6);
      expect(of(scale, 2e-4)).toBe(7);
    }
  });

  it('keeps what is longer than rounding when nothing is asked for', () => {
    expect(bodyOf(cutCorner(1e-11), 0).planes).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(bodyOf(cutCorner(1e-11)).planes).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('leaves nothing of a body thinner than the distance', () => {
    const slab = bodyOf(boxPlanes([0, 0, 0], [1, 1, 1e-3]), 2e-3);
    expect([slab.planes, slab.loops]).toEqual([[], []]);
    expect(bodyOf(boxPlanes([0, 0, 0], [1, 1, 1e-3]), 5e-4).planes).toHaveLength(6);
  });

  it('joins chains of short edges to one vertex', () => {
    // A small octagon in place of a cube's edge's end: eight cuts about one corner direction.
    const ring = Array.from({ length: 8 }, (_, side) => {
      const angle = (2 * Math.PI * side) / 8;
      const [u, v] = [Math.cos(angle), Math.sin(angle)];
      const tilted = [T + 0.2 * (u - v), T + 0.2 * v, T - 0.2 * u];
      const length = Math.hypot(...tilted);
      const unit = tilted.map((value) => value / length);
      return [...unit, unit[0] + unit[1] + unit[2] - 1e-4];
    });
    const fine = bodyOf([...cube, ...ring], 1e-9);
    expect(fine.planes.length).toBeGreaterThan(10);
    const body = bodyOf([...cube, ...ring], 1e-3);
    expect(body.planes).toEqual([0, 1, 2, 3, 4, 5]);
    expect(body.vertices).toHaveLength(24);
    expect(isSphere(body.loops)).toBe(true);
  });
});

describe('preferring the earlier of planes that coincide', () => {
  // No side at 1: there a product is a quotient, too.
  const cube = boxPlanes([-2, -3, -4], [2.5, 3, 5]);

  /** The planes of the faces after the choice; `cuts` says in which order the planes were cut. */
  function chosen(planes: readonly number[][], cuts: readonly number[], within = 1e-9): number[] {
    const state = loadPlanes(planes.flat(), planes.length);
    startClip(100);
    for (const index of cuts) cutBy(index);
    measureReach();
    const boundary = readBoundary(state, WELD);
    const given = [...boundary.planes];
    const result = preferEarlier(state, boundary, within);
    expect(boundary.planes).toEqual(given);
    // Each face still lies on the plane that it names.
    result.planes.forEach((plane, face) => {
      const [x, y, z, d] = planes[plane] ?? [0, 0, 0, 0];
      for (const index of result.loops[face]) {
        const [px, py, pz] = vertex(result, index);
        expect(Math.abs(x * px + y * py + z * pz - d)).toBeLessThanOrEqual(within + 1e-12);
      }
    });
    expect([...result.planes].sort((a, b) => a - b)).toEqual(result.planes);
    return result.planes;
  }

  it('hands faces of later ones to earlier ones, each to its own, and sorts them', () => {
    const twice = [...cube, ...cube.toReversed()];
    expect(chosen(twice, [11, 10, 9, 8, 7, 6])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(chosen(twice, [0, 10, 2, 8, 4, 6])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(chosen(twice, [0, 1, 2, 3, 4, 5])).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('takes the very boundary where there is nothing to hand over', () => {
    const state = cut(cube);
    const boundary = readBoundary(state, WELD);
    expect(preferEarlier(state, boundary, 1e-9)).toBe(boundary);
  });

  it('leaves a face to a plane when the earlier one is farther away or turned', () => {
    const [a, b] = [cube.slice(0, 5), cube[5]];
    const top = (offset: number): number[] => [0, 0, 1, 5 + offset];
    const later = [0, 1, 2, 3, 4, 6];
    const earlier = [0, 1, 2, 3, 4, 5];
    expect(chosen([...a, top(1e-6), b], later, 1e-7)).toEqual(later);
    expect(chosen([...a, top(1e-6), b], later, 2e-6)).toEqual(earlier);
    expect(chosen([...a, top(-1e-6), b], later, 2e-6)).toEqual(earlier);
    // Turned about the middle of the face by an angle whose cosine is 1 - angle^2 / 2.
    const turned = (angle: number): number[] => [0, Math.sin(angle), Math.cos(angle), 5 * Math.cos(angle)];
    expect(chosen([...a, turned(1e-5), b], later, 1e-3)).toEqual(earlier);
    expect(chosen([...a, turned(1e-4), b], later, 1e-3)).toEqual(later);
    // Three away from the middle, the corners are 3e-5 off.
    expect(chosen([...a, turned(1e-5), b], later, 2.9e-5)).toEqual(later);
    expect(chosen([...a, turned(1e-5), b], later, 3.1e-5)).toEqual(earlier);
    // Turned about one edge, two of the corners are on the plane, and the others 6e-5 off.
    const hinged = [0, Math.sin(1e-5), Math.cos(1e-5), 5 * Math.cos(1e-5) - 3 * Math.sin(1e-5)];
    expect(chosen([...a, hinged, b], later, 5.9e-5)).toEqual(later);
    expect(chosen([...a, hinged, b], later, 6.1e-5)).toEqual(earlier);
  });

  it('never gives a side of the starting box away', () => {
    const open = [[0, 0, 1, 100], ...cube.slice(0, 5)];
    expect(chosen(open, [1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5, 11]);
  });
});
