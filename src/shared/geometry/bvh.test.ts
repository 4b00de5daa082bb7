import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { buildBvh, triangleBoxes, triangleCorners, type Bvh } from './bvh';

/** [count, 6] boxes of random places and sizes. */
function randomBoxes(random: Random, count: number): Float64Array {
  const boxes = new Float64Array(count * 6);
  for (let box = 0; box < count; box++) {
    for (let axis = 0; axis < 3; axis++) {
      const low = (axis + 1) * random.normal();
      boxes[box * 6 + axis] = low;
      boxes[box * 6 + 3 + axis] = low + random.uniform();
    }
  }
  return boxes;
}

/** Boxes without size at places along x. */
function pointsOnX(places: readonly number[]): number[] {
  return places.flatMap((x) => [x, 0, 0, x, 0, 0]);
}

function isLeaf({ skip }: Bvh, node: number): boolean {
  return skip[node] === node + 1;
}

/** Twice the centre of a box, as the tree compares them. */
function centre(boxes: ArrayLike<number>, element: number, axis: number): number {
  return boxes[element * 6 + axis] + boxes[element * 6 + 3 + axis];
}

function elementsOf({ order, first, size }: Bvh, node: number): number[] {
  return Array.from(order.subarray(first[node], first[node] + size[node]));
}

function depthOf(bvh: Bvh, node = 0): number {
  if (isLeaf(bvh, node)) return 1;
  return 1 + Math.max(depthOf(bvh, node + 1), depthOf(bvh, bvh.skip[node + 1]));
}

describe('buildBvh', () => {
  it('owns every element once, in leaves of at most the size asked for (seed 81)', () => {
    const random = createRandom(81);
    for (const leafSize of [1, 4, 8]) {
      for (const count of [1, 2, 5, 9, 200]) {
        const bvh = buildBvh(randomBoxes(random, count), leafSize);
        expect(Array.from(bvh.order).sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, i) => i),
        );
        expect([bvh.first[0], bvh.size[0], bvh.skip[0]]).toEqual([0, count, bvh.nodeCount]);
        for (const list of [bvh.first, bvh.size, bvh.skip]) expect(list).toHaveLength(bvh.nodeCount);
        expect(bvh.bounds).toHaveLength(6 * bvh.nodeCount);
        for (let node = 0; node < bvh.nodeCount; node++) {
          expect(isLeaf(bvh, node)).toBe(bvh.size[node] <= leafSize);
          if (isLeaf(bvh, node)) continue;
          const left = node + 1;
          const right = bvh.skip[left];
          expect(bvh.skip[right]).toBe(bvh.skip[node]);
          expect(bvh.first[left]).toBe(bvh.first[node]);
          expect(bvh.first[right]).toBe(bvh.first[node] + bvh.size[left]);
          expect(bvh.size[left] + bvh.size[right]).toBe(bvh.size[node]);
          expect(Math.min(bvh.size[left], bvh.size[right])).toBeGreaterThan(0);
        }
      }
    }
  });

  it('bounds each node by exactly the boxes of its elements (seed 82)', () => {
    const boxes = randomBoxes(createRandom(82), 100);
    const bvh = buildBvh(boxes);
    for (let node = 0; node < bvh.nodeCount; node++) {
      const elements = elementsOf(bvh, node);
      for (let axis = 0; axis < 3; axis++) {
        const low = Math.min(...elements.map((element) => boxes[element * 6 + axis]));
        const high = Math.max(...elements.map((element) => boxes[element * 6 + 3 + axis]));
        expect(bvh.bounds[node * 6 + axis]).toBe(low);
        expect(bvh.bounds[node * 6 + 3 + axis]).toBe(high);
      }
    }
  });

  it('splits at the middle of the centres along their longest axis (seed 83)', () => {
    const random = createRandom(83);
    for (let round = 0; round < 20; round++) {
      const boxes = randomBoxes(random, 60);
      const bvh = buildBvh(boxes);
      for (let node = 0; node < bvh.nodeCount; node++) {
        if (isLeaf(bvh, node)) continue;
        const spans = [0, 1, 2].map((axis) => {
          const centres = elementsOf(bvh, node).map((element) => centre(boxes, element, axis));
          return { axis, low: Math.min(...centres), high: Math.max(...centres) };
        });
        const { axis, low, high } = spans.reduce((a, b) => (b.high - b.low > a.high - a.low ? b : a));
        const middle = (low + high) / 2;
        const left = elementsOf(bvh, node + 1).map((element) => centre(boxes, element, axis));
        const right = elementsOf(bvh, bvh.skip[node + 1]).map((element) => centre(boxes, element, axis));
        expect(Math.max(...left)).toBeLessThan(middle);
        expect(Math.min(...right)).toBeGreaterThanOrEqual(middle);
      }
    }
  });

  it('halves elements that share one centre', () => {
    const bvh = buildBvh(pointsOnX(Array.from({ length: 64 }, () => 3)), 1);
    expect(bvh.nodeCount).toBe(127);
    expect(depthOf(bvh)).toBe(7);
  });

  it('stays shallow where the middle parts one element at a time from the rest', () => {
    const places = Array.from({ length: 200 }, (_, i) => 3 ** -i);
    const boxes = pointsOnX(places);
    const bvh = buildBvh(boxes, 1);
    // 48 levels split at the middle; the 152 elements that are left are halved.
    expect(depthOf(bvh)).toBe(48 + 1 + 8);
    const inOrder = Array.from(bvh.order, (element) => places[element]);
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
  });

  it('puts four elements into a leaf unless told otherwise, and makes no node of none', () => {
    expect(buildBvh(pointsOnX([1, 2, 3, 4])).nodeCount).toBe(1);
    expect(buildBvh(pointsOnX([1, 2, 3, 4, 5])).nodeCount).toBe(3);
    const none = buildBvh([]);
    expect([none.nodeCount, none.order.length, none.bounds.length, none.skip.length]).toEqual([0, 0, 0, 0]);
  });
});

describe('triangleCorners and triangleBoxes', () => {
  it('read each corner through the indices and box the three', () => {
    const positions = [0, 1, 2, 9, 9, 9, 5, -1, 7, -3, 4, 1];
    const corners = triangleCorners(positions, [3, 0, 2, 2, 0, 1]);
    expect(Array.from(corners)).toEqual([-3, 4, 1, 0, 1, 2, 5, -1, 7, 5, -1, 7, 0, 1, 2, 9, 9, 9]);
    expect(Array.from(triangleBoxes(corners))).toEqual([-3, -1, 1, 5, 4, 7, 0, -1, 2, 9, 9, 9]);
  });
});
