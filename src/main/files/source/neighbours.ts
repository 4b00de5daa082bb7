import { buildBvh, type Bvh } from '../../../shared/geometry/bvh';

/** [N, k] indices of the k nearest other points of each point [N, 3], nearest first; needs k < N. */
export function nearestNeighbours(points: Float64Array, k: number): Uint32Array {
  const count = points.length / 3;
  const boxes = new Float64Array(count * 6);
  for (let p = 0; p < count; p++) {
    for (let c = 0; c < 3; c++) boxes[p * 6 + c] = boxes[p * 6 + 3 + c] = points[p * 3 + c];
  }
  const bvh = buildBvh(boxes, 8);
  const out = new Uint32Array(count * k);
  const found = new Uint32Array(k);
  const squares = new Float64Array(k);
  for (let p = 0; p < count; p++) {
    search(bvh, points, p, found, squares);
    out.set(found, p * k);
  }
  return out;
}

/** Visits the nearer child first and leaves out what is farther than the k-th so far. */
function search(bvh: Bvh, points: Float64Array, p: number, found: Uint32Array, squares: Float64Array): void {
  squares.fill(Infinity);
  const last = squares.length - 1;
  const open = [0];
  const reach = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reach.pop()! >= squares[last]) continue;
    if (bvh.skip[node] === node + 1) {
      for (let i = bvh.first[node]; i < bvh.first[node] + bvh.size[node]; i++) {
        if (bvh.order[i] !== p) insert(points, p, bvh.order[i], found, squares);
      }
      continue;
    }
    const children = [node + 1, bvh.skip[node + 1]];
    const [a, b] = children.map((child) => boxSquared(bvh, child, points, p));
    const nearer = a <= b ? 0 : 1;
    open.push(children[1 - nearer], children[nearer]);
    reach.push(nearer === 0 ? b : a, nearer === 0 ? a : b);
  }
}

function boxSquared({ bounds }: Bvh, node: number, points: Float64Array, p: number): number {
  let square = 0;
  for (let c = 0; c < 3; c++) {
    const x = points[p * 3 + c];
    const d = Math.max(bounds[node * 6 + c] - x, 0, x - bounds[node * 6 + 3 + c]);
    square += d * d;
  }
  return square;
}

function insert(points: Float64Array, p: number, q: number, found: Uint32Array, squares: Float64Array): void {
  const dx = points[p * 3] - points[q * 3];
  const dy = points[p * 3 + 1] - points[q * 3 + 1];
  const dz = points[p * 3 + 2] - points[q * 3 + 2];
  const square = dx * dx + dy * dy + dz * dz;
  let at = squares.length - 1;
  if (square >= squares[at]) return;
  while (at > 0 && squares[at - 1] > square) {
    squares[at] = squares[at - 1];
    found[at] = found[at - 1];
    at--;
  }
  squares[at] = square;
  found[at] = q;
}
