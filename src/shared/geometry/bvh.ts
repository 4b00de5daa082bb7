import type { Numbers } from './types';

/**
 * A bounding volume hierarchy over elements known only by their boxes, laid out depth-first in flat arrays.
 * The left child of node i is i + 1; a walk that does not want a subtree jumps to `skip[i]`, so a whole traversal
 * needs no stack: `while (node < count) node = wanted ? node + 1 : skip[node]`.
 */
export interface Bvh {
  readonly nodeCount: number;
  /** [nodes, 6] min x,y,z then max x,y,z. */
  readonly bounds: Float64Array;
  /** [nodes] where the walk goes on after the node's subtree. */
  readonly skip: Int32Array;
  /** [nodes] first element of the node in `order`. */
  readonly first: Int32Array;
  /** [nodes] elements under the node. */
  readonly size: Int32Array;
  /** [elements] element indices; a node owns order[first .. first + size). A leaf has skip == node + 1. */
  readonly order: Uint32Array;
}

/**
 * Splits at the middle of the elements' centres along the longest axis, at the median where that separates nothing.
 * @param boxes [N, 6] min x,y,z then max x,y,z per element.
 * @param leafSize elements below which a node is not split.
 */
export function buildBvh(boxes: Numbers, leafSize = 4): Bvh {
  const count = boxes.length / 6;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const capacity = Math.max(1, 2 * count);
  const bounds = new Float64Array(capacity * 6);
  const skip = new Int32Array(capacity);
  const first = new Int32Array(capacity);
  const size = new Int32Array(capacity);
  let nodeCount = 0;

  const build = (start: number, end: number, depth: number): void => {
    const node = nodeCount++;
    first[node] = start;
    size[node] = end - start;
    const { axis, middle, extent } = boundsOf(start, end, node);
    if (end - start > leafSize) {
      let split = depth < 48 && extent > 0 ? partition(start, end, axis, middle) : start;
      if (split === start || split === end) {
        split = (start + end) >> 1;
        order.subarray(start, end).sort((a, b) => centre(a, axis) - centre(b, axis));
      }
      build(start, split, depth + 1);
      build(split, end, depth + 1);
    }
    skip[node] = nodeCount;
  };
  const centre = (element: number, axis: number): number =>
    boxes[element * 6 + axis] + boxes[element * 6 + 3 + axis];

  const boundsOf = (start: number, end: number, node: number) => {
    const b = node * 6;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let c = 0; c < 3; c++) {
      let min = Infinity;
      let max = -Infinity;
      for (let i = start; i < end; i++) {
        const e = order[i] * 6 + c;
        const from = boxes[e];
        const to = boxes[e + 3];
        if (from < min) min = from;
        if (to > max) max = to;
        if (from + to < low[c]) low[c] = from + to;
        if (from + to > high[c]) high[c] = from + to;
      }
      bounds[b + c] = min;
      bounds[b + 3 + c] = max;
    }
    let axis = 0;
    if (high[1] - low[1] > high[axis] - low[axis]) axis = 1;
    if (high[2] - low[2] > high[axis] - low[axis]) axis = 2;
    return { axis, middle: (low[axis] + high[axis]) / 2, extent: high[axis] - low[axis] };
  };

  const partition = (start: number, end: number, axis: number, middle: number): number => {
    let left = start;
    for (let i = start; i < end; i++) {
      const element = order[i];
      if (centre(element, axis) < middle) {
        order[i] = order[left];
        order[left++] = element;
      }
    }
    return left;
  };

  if (count > 0) build(0, count, 0);
  return {
    nodeCount,
    bounds: bounds.slice(0, nodeCount * 6),
    skip: skip.slice(0, nodeCount),
    first: first.slice(0, nodeCount),
    size: size.slice(0, nodeCount),
    order,
  };
}

/** [T, 9] corner coordinates, a triangle after another. */
export function triangleCorners(positions: Numbers, indices: Numbers): Float64Array {
  const corners = new Float64Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const v = indices[i] * 3;
    corners[i * 3] = positions[v];
    corners[i * 3 + 1] = positions[v + 1];
    corners[i * 3 + 2] = positions[v + 2];
  }
  return corners;
}

/** [T, 6] boxes of triangles given by corners [T, 9]. */
export function triangleBoxes(corners: Float64Array): Float64Array {
  const count = corners.length / 9;
  const boxes = new Float64Array(count * 6);
  for (let t = 0; t < count; t++) {
    for (let c = 0; c < 3; c++) {
      const x = corners[t * 9 + c];
      const y = corners[t * 9 + 3 + c];
      const z = corners[t * 9 + 6 + c];
      boxes[t * 6 + c] = Math.min(x, y, z);
      boxes[t * 6 + 3 + c] = Math.max(x, y, z);
    }
  }
  return boxes;
}
