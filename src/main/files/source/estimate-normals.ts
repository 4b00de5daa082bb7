import { boundsOf } from './frame';
import { nearestNeighbours } from './neighbours';

const NEIGHBOURS = 12;
/** Share of neighbours that may point to opposite sides before an orientation counts as failed. */
const MOST_DISAGREEMENT = 0.04;

/**
 * Unit normals of an even, dense surface sample without any (Hoppe et al. 1992): the direction of least spread among
 * neighbours, oriented by walking from the outermost point over the neighbours that agree most.
 * @param points [N, 3]
 * @returns [N, 3], or null when neighbours do not agree: too sparse, too noisy, or not one surface
 */
export function estimateNormals(points: Float64Array): Float64Array | null {
  const count = points.length / 3;
  const k = Math.min(NEIGHBOURS, count - 1);
  const neighbours = nearestNeighbours(points, k);
  const normals = new Float64Array(points.length);
  for (let p = 0; p < count; p++)
    normals.set(leastSpread(points, p, neighbours.subarray(p * k, (p + 1) * k)), p * 3);
  orient(points, normals, neighbours, k);
  let opposed = 0;
  for (let i = 0; i < neighbours.length; i++)
    if (cosine(normals, Math.floor(i / k), neighbours[i]) < 0) opposed++;
  return opposed <= MOST_DISAGREEMENT * neighbours.length ? normals : null;
}

/** Eigenvector of the least eigenvalue of the covariance, by inverse iteration through the adjugate. */
function leastSpread(points: Float64Array, p: number, neighbours: Uint32Array): number[] {
  const mean = [0, 1, 2].map((c) =>
    neighbours.reduce((sum, q) => sum + points[q * 3 + c], points[p * 3 + c]),
  );
  for (let c = 0; c < 3; c++) mean[c] /= neighbours.length + 1;
  const m = Array.from<number>({ length: 9 }).fill(0);
  for (const q of [p, ...neighbours]) {
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++)
        m[i * 3 + j] += (points[q * 3 + i] - mean[i]) * (points[q * 3 + j] - mean[j]);
    }
  }
  // A little of the trace keeps a perfectly flat patch invertible and changes no eigenvector.
  const shift = 1e-9 * (m[0] + m[4] + m[8]) + 1e-300;
  const [a, b, c, d, e, f] = [m[0] + shift, m[1], m[2], m[4] + shift, m[5], m[8] + shift];
  const rows = [
    [d * f - e * e, c * e - b * f, b * e - c * d],
    [c * e - b * f, a * f - c * c, b * c - a * e],
    [b * e - c * d, b * c - a * e, a * d - b * b],
  ];
  let v = rows.reduce((best, row) => (Math.hypot(...row) > Math.hypot(...best) ? row : best));
  for (let round = 0; round < 8; round++) {
    const length = Math.hypot(...v);
    if (!(length > 0)) return [0, 0, 1];
    const u = v.map((x) => x / length);
    v = rows.map((row) => row[0] * u[0] + row[1] * u[1] + row[2] * u[2]);
  }
  const length = Math.hypot(...v);
  return length > 0 ? v.map((x) => x / length) : [0, 0, 1];
}

/** Prim's minimum spanning tree over the neighbour graph, an edge costing 1 - |cosine|; each tree turned outwards. */
function orient(points: Float64Array, normals: Float64Array, neighbours: Uint32Array, k: number): void {
  const count = points.length / 3;
  const { centre } = boundsOf(points);
  const reach = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    reach[p] = Math.hypot(
      points[p * 3] - centre[0],
      points[p * 3 + 1] - centre[1],
      points[p * 3 + 2] - centre[2],
    );
  }
  const links = mutualLinks(neighbours, k, count);
  const done = new Uint8Array(count);
  const outermost = Uint32Array.from(reach, (_, p) => p).sort((a, b) => reach[b] - reach[a]);
  for (const seed of outermost) {
    if (done[seed]) continue;
    const outward = [0, 1, 2].reduce(
      (sum, c) => sum + normals[seed * 3 + c] * (points[seed * 3 + c] - centre[c]),
      0,
    );
    if (outward < 0) flip(normals, seed);
    const heap = createHeap();
    const open = (p: number): void => {
      done[p] = 1;
      for (const q of links[p]) if (!done[q]) heap.push(1 - Math.abs(cosine(normals, p, q)), p, q);
    };
    open(seed);
    for (let next = heap.pop(); next; next = heap.pop()) {
      const [from, to] = next;
      if (done[to]) continue;
      if (cosine(normals, from, to) < 0) flip(normals, to);
      open(to);
    }
  }
}

function mutualLinks(neighbours: Uint32Array, k: number, count: number): number[][] {
  const links: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < neighbours.length; i++) {
    const p = Math.floor(i / k);
    links[p].push(neighbours[i]);
    links[neighbours[i]].push(p);
  }
  return links;
}

function flip(normals: Float64Array, p: number): void {
  for (let c = 0; c < 3; c++) normals[p * 3 + c] = -normals[p * 3 + c];
}

function cosine(normals: Float64Array, p: number, q: number): number {
  const [a, b] = [p * 3, q * 3];
  return normals[a] * normals[b] + normals[a + 1] * normals[b + 1] + normals[a + 2] * normals[b + 2];
}

/** A binary heap of graph edges, the cheapest first. */
function createHeap(): {
  push(cost: number, from: number, to: number): void;
  pop(): [number, number] | null;
} {
  const costs: number[] = [];
  const edges: [number, number][] = [];
  const swap = (a: number, b: number): void => {
    [costs[a], costs[b]] = [costs[b], costs[a]];
    [edges[a], edges[b]] = [edges[b], edges[a]];
  };
  return {
    push: (cost, from, to) => {
      costs.push(cost);
      edges.push([from, to]);
      for (let i = costs.length - 1; i > 0;) {
        const parent = (i - 1) >> 1;
        if (costs[parent] <= costs[i]) break;
        swap(i, parent);
        i = parent;
      }
    },
    pop: () => {
      if (edges.length === 0) return null;
      swap(0, edges.length - 1);
      costs.pop();
      const top = edges.pop()!;
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        if (left >= costs.length) break;
        const child = left + 1 < costs.length && costs[left + 1] < costs[left] ? left + 1 : left;
        if (costs[i] <= costs[child]) break;
        swap(i, child);
        i = child;
      }
      return top;
    },
  };
}
