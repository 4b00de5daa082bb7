/**
 * `count` unit directions spread evenly over the sphere (Fibonacci lattice), [count, 3]. For count >= 4 they surround
 * the origin, so that planes with these normals bound a body.
 */
export function fibonacciDirections(count: number): Float64Array {
  const directions = new Float64Array(count * 3);
  const turn = Math.PI * (3 - Math.sqrt(5));
  for (let i = 0; i < count; i++) {
    const z = 1 - (2 * i + 1) / count;
    const radius = Math.sqrt(1 - z * z);
    directions[i * 3] = radius * Math.cos(turn * i);
    directions[i * 3 + 1] = radius * Math.sin(turn * i);
    directions[i * 3 + 2] = z;
  }
  return directions;
}

/**
 * Principal axes of points [N, 3] about their mean, three orthonormal rows of a [9] array, by Jacobi rotations of the
 * covariance. A part of a made thing is often a box or a plate, whose faces these axes name.
 */
export function principalAxes(points: Float32Array): Float64Array {
  const count = points.length / 3;
  const mean = [0, 0, 0];
  for (let i = 0; i < points.length; i++) mean[i % 3] += points[i] / count;
  const matrix = new Float64Array(9);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        matrix[a * 3 + b] += (points[i * 3 + a] - mean[a]) * (points[i * 3 + b] - mean[b]);
      }
    }
  }
  const axes = new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  for (let sweep = 0; sweep < 12; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      rotate(matrix, axes, p, q);
    }
  }
  return axes;
}

/** One Jacobi rotation that zeroes matrix[p][q]; the rows of `axes` follow. */
function rotate(matrix: Float64Array, axes: Float64Array, p: number, q: number): void {
  const off = matrix[p * 3 + q];
  if (Math.abs(off) < 1e-300) return;
  const theta = (matrix[q * 3 + q] - matrix[p * 3 + p]) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < 3; i++) {
    const a = matrix[p * 3 + i];
    const b = matrix[q * 3 + i];
    matrix[p * 3 + i] = c * a - s * b;
    matrix[q * 3 + i] = s * a + c * b;
  }
  for (let i = 0; i < 3; i++) {
    const a = matrix[i * 3 + p];
    const b = matrix[i * 3 + q];
    matrix[i * 3 + p] = c * a - s * b;
    matrix[i * 3 + q] = s * a + c * b;
  }
  for (let i = 0; i < 3; i++) {
    const a = axes[p * 3 + i];
    const b = axes[q * 3 + i];
    axes[p * 3 + i] = c * a - s * b;
    axes[q * 3 + i] = s * a + c * b;
  }
}
