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

/** `count` unit directions at equal angles around the circle, [count, 2]. */
export function circleDirections(count: number): Float64Array {
  const directions = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    directions[i * 2] = Math.cos((2 * Math.PI * i) / count);
    directions[i * 2 + 1] = Math.sin((2 * Math.PI * i) / count);
  }
  return directions;
}

/**
 * Principal axes of points [N, D] about their mean, D orthonormal rows of a [D * D] array, by Jacobi rotations of the
 * covariance. A part of a made thing is often a box or a plate, whose faces these axes name.
 */
export function principalAxes(points: Float32Array, dims: 2 | 3 = 3): Float64Array {
  const count = points.length / dims;
  const mean = [0, 0, 0];
  for (let i = 0; i < points.length; i++) mean[i % dims] += points[i] / count;
  const matrix = new Float64Array(dims * dims);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < dims; a++) {
      for (let b = 0; b < dims; b++) {
        matrix[a * dims + b] += (points[i * dims + a] - mean[a]) * (points[i * dims + b] - mean[b]);
      }
    }
  }
  const axes = new Float64Array(dims * dims);
  for (let a = 0; a < dims; a++) axes[a * dims + a] = 1;
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < dims; p++) {
      for (let q = p + 1; q < dims; q++) rotate(matrix, axes, p, q, dims);
    }
  }
  return axes;
}

/** One Jacobi rotation that zeroes matrix[p][q]; the rows of `axes` follow. */
function rotate(matrix: Float64Array, axes: Float64Array, p: number, q: number, dims: number): void {
  const off = matrix[p * dims + q];
  if (Math.abs(off) < 1e-300) return;
  const theta = (matrix[q * dims + q] - matrix[p * dims + p]) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < dims; i++) {
    const a = matrix[p * dims + i];
    const b = matrix[q * dims + i];
    matrix[p * dims + i] = c * a - s * b;
    matrix[q * dims + i] = s * a + c * b;
  }
  for (let i = 0; i < dims; i++) {
    const a = matrix[i * dims + p];
    const b = matrix[i * dims + q];
    matrix[i * dims + p] = c * a - s * b;
    matrix[i * dims + q] = s * a + c * b;
  }
  for (let i = 0; i < dims; i++) {
    const a = axes[p * dims + i];
    const b = axes[q * dims + i];
    axes[p * dims + i] = c * a - s * b;
    axes[q * dims + i] = s * a + c * b;
  }
}
