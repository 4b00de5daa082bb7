/** Directions of most variance and where rows lie along them. */
export interface PrincipalComponents {
  /** [columns] of the rows. */
  readonly mean: Float64Array;
  /** Unit vectors, most variance first. */
  readonly directions: readonly Float64Array[];
  /** Share of the whole variance that each direction has, 0 to 1. */
  readonly shares: readonly number[];
}

/** Sweeps of rotations until the rest vanishes in double precision; small matrices need about six. */
const MOST_SWEEPS = 30;

/**
 * Principal components of rows, by Jacobi rotations of their covariance (Golub and Van Loan, Matrix Computations,
 * algorithm 8.4.3). The sign of a direction is chosen so that its largest entry is positive.
 * @param rows [count * columns]
 * @param wanted how many directions, at most `columns`
 */
export function principalComponents(
  rows: Float32Array,
  columns: number,
  wanted: number,
): PrincipalComponents {
  const count = columns === 0 ? 0 : Math.floor(rows.length / columns);
  const mean = new Float64Array(columns);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++) mean[j] += rows[i * columns + j] / count;
  }
  const { values, vectors } = symmetricEigen(covariance(rows, mean, count), columns);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, wanted);
  return {
    mean,
    directions: order.map((j) =>
      pointed(Float64Array.from({ length: columns }, (_, i) => vectors[i * columns + j])),
    ),
    shares: order.map((j) => (total > 0 ? Math.max(0, values[j]) / total : 0)),
  };
}

/** Where rows lie along directions: [count * directions]. */
export function project(
  rows: Float32Array,
  { mean, directions }: Pick<PrincipalComponents, 'mean' | 'directions'>,
): Float32Array {
  const columns = mean.length;
  const count = columns === 0 ? 0 : Math.floor(rows.length / columns);
  const places = new Float32Array(count * directions.length);
  for (let i = 0; i < count; i++) {
    directions.forEach((direction, d) => {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += (rows[i * columns + j] - mean[j]) * direction[j];
      places[i * directions.length + d] = sum;
    });
  }
  return places;
}

function covariance(rows: Float32Array, mean: Float64Array, count: number): Float64Array {
  const columns = mean.length;
  const sums = new Float64Array(columns * columns);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++) {
      const from = rows[i * columns + j] - mean[j];
      for (let k = j; k < columns; k++) sums[j * columns + k] += from * (rows[i * columns + k] - mean[k]);
    }
  }
  for (let j = 0; j < columns; j++) {
    for (let k = j; k < columns; k++) {
      const value = sums[j * columns + k] / Math.max(1, count - 1);
      sums[j * columns + k] = value;
      sums[k * columns + j] = value;
    }
  }
  return sums;
}

/** Eigenvalues of a symmetric matrix [n * n], which is overwritten, and its eigenvectors as columns of [n * n]. */
function symmetricEigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const size = matrix.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(matrix, n) > 1e-24 * size; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(matrix, vectors, n, p, q);
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]), vectors };
}

function offDiagonal(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j) sum += matrix[i * n + j] ** 2;
  }
  return sum;
}

/** Makes the entry (p, q) zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const between = matrix[p * n + q];
  if (between === 0) return;
  const theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * between);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(matrix, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(matrix, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q, c, s);
}

function turn(values: Float64Array, a: number, b: number, c: number, s: number): void {
  const [first, second] = [values[a], values[b]];
  values[a] = c * first - s * second;
  values[b] = s * first + c * second;
}

function pointed(direction: Float64Array): Float64Array {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}
