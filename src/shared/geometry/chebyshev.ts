import { checkPlanes } from './plane';
import { fail, ok, type Result } from '../result';
import type { Numbers, Vec3 } from './types';

export interface InscribedSphere {
  readonly centre: Vec3;
  readonly radius: number;
}

/** Reduced costs within this share of the largest offset count as zero. */
const OPTIMAL = 1e-12;
/** Pivots smaller than this are no pivots. */
const LEAST_PIVOT = 1e-11;
const ROWS = 4;

/**
 * The largest sphere inside planes [H,4] (rows nx, ny, nz, d, unit normals): its centre is the Chebyshev centre. Where
 * several spheres are largest, one of them.
 * Solves max r, n_h . x + r <= d_h, through its dual min d . w, sum w_h (n_h, 1) = (0, 0, 0, 1), w >= 0, by the simplex
 * method with Bland's rule (it cannot cycle).
 * Problems: those of the planes, 'unbounded-polytope' (spheres of any size fit), 'empty-polytope' (none fits).
 */
export function inscribedSphere(planes: Numbers): Result<InscribedSphere> {
  const checked = checkPlanes(planes);
  if (!checked.ok) return checked;
  const count = checked.value;
  // Columns: the planes' weights, one artificial per row, the right-hand side.
  const width = count + ROWS + 1;
  const table = new Float64Array(ROWS * width);
  for (let plane = 0; plane < count; plane++) {
    for (let row = 0; row < 3; row++) table[row * width + plane] = planes[4 * plane + row];
    table[3 * width + plane] = 1;
  }
  for (let row = 0; row < ROWS; row++) table[row * width + count + row] = 1;
  table[3 * width + width - 1] = 1;
  const basis = [count, count + 1, count + 2, count + 3];

  const feasible = new Float64Array(width).fill(1, count, count + ROWS);
  solve(table, width, basis, feasible, count + ROWS, OPTIMAL);
  let infeasibility = 0;
  for (let row = 0; row < ROWS; row++)
    if (basis[row] >= count) infeasibility += table[row * width + width - 1];
  if (infeasibility > 1e-9) {
    return fail({
      code: 'unbounded-polytope',
      message: `The ${count} half-spaces do not bound a body: spheres of any size fit.`,
      hint: 'Add planes until every direction is closed, or clip to a box.',
    });
  }
  const costs = new Float64Array(width);
  let largest = 0;
  for (let plane = 0; plane < count; plane++) {
    costs[plane] = planes[4 * plane + 3];
    largest = Math.max(largest, Math.abs(costs[plane]));
  }
  solve(table, width, basis, costs, count, OPTIMAL * largest);
  // The multipliers of the rows, costs of the basis times its inverse (which the artificial columns hold): (x, r).
  const answer = [0, 0, 0, 0];
  for (let row = 0; row < ROWS; row++) {
    const cost = costs[basis[row]];
    for (let column = 0; column < ROWS; column++) {
      answer[column] = answer[column] + cost * table[row * width + count + column];
    }
  }
  const [x, y, z, radius] = answer as [number, number, number, number];
  if (!(radius > 0)) {
    return fail({
      code: 'empty-polytope',
      message: `No sphere fits inside the ${count} half-spaces (largest radius ${radius.toExponential(3)}).`,
      hint: 'Move planes outwards until they share an inside.',
    });
  }
  return ok({ centre: [x, y, z], radius });
}

/** Minimises costs over the table in place; columns from `allowed` on never enter the basis. */
function solve(
  table: Float64Array,
  width: number,
  basis: number[],
  costs: Float64Array,
  allowed: number,
  tolerance: number,
): void {
  for (;;) {
    let entering = -1;
    for (let column = 0; column < allowed && entering < 0; column++) {
      if (basis.includes(column)) continue;
      let reduced = costs[column];
      for (let row = 0; row < ROWS; row++) reduced -= costs[basis[row]] * table[row * width + column];
      if (reduced < -tolerance) entering = column;
    }
    if (entering < 0) return;
    const leaving = leavingRow(table, width, basis, entering);
    // No row limits the entering weight only by rounding: weights sum to 1.
    if (leaving < 0) return;
    pivot(table, width, leaving, entering);
    basis[leaving] = entering;
  }
}

function leavingRow(table: Float64Array, width: number, basis: readonly number[], entering: number): number {
  let leaving = -1;
  let least = Infinity;
  for (let row = 0; row < ROWS; row++) {
    const value = table[row * width + entering];
    if (value <= LEAST_PIVOT) continue;
    const ratio = Math.max(0, table[row * width + width - 1]) / value;
    if (ratio < least || (ratio === least && basis[row] < basis[leaving])) {
      least = ratio;
      leaving = row;
    }
  }
  return leaving;
}

function pivot(table: Float64Array, width: number, row: number, column: number): void {
  const divisor = table[row * width + column];
  for (let at = 0; at < width; at++) table[row * width + at] = table[row * width + at] / divisor;
  for (let other = 0; other < ROWS; other++) {
    const factor = table[other * width + column];
    if (other === row || factor === 0) continue;
    for (let at = 0; at < width; at++)
      table[other * width + at] = table[other * width + at] - factor * table[row * width + at];
  }
}
