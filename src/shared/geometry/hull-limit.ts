import { polytopeMass } from './mass';
import { intersectHalfSpaces } from './polytope';
import { fail, ok, type Result } from '../result';
import type { Numbers, Polytope } from './types';

export interface LimitedPlanes {
  /** [n,4], n <= maximum, in the order given; the body contains the original one. */
  readonly planes: Float64Array;
  /** The rows kept, ascending. */
  readonly kept: readonly number[];
}

/**
 * At most `maximum` (>= 4) of the planes [H,4] of a bounded body, by leaving out redundant planes and then, again and
 * again, the plane whose removal adds the least volume. The body grows, never shrinks, and stays bounded.
 * Problems: those of `intersectHalfSpaces`; 'unbounded-polytope' when the body is open or every further removal opens it.
 */
export function limitHullPlanes(planes: Numbers, maximum: number): Result<LimitedPlanes> {
  const first = intersectHalfSpaces(planes);
  if (!first.ok) return first;
  if (first.value.clippedByBox) return fail(openBody(maximum));
  let body = first.value;
  let kept = body.faces.map((face) => face.plane);
  const costs = new Map<number, number>(kept.map((plane) => [plane, addedVolume(planes, kept, plane)]));
  while (kept.length > maximum) {
    let cheapest = -1;
    for (const plane of kept) if (cheapest < 0 || costs.get(plane)! < costs.get(cheapest)!) cheapest = plane;
    if (costs.get(cheapest) === Infinity) return fail(openBody(maximum));
    const next = kept.filter((plane) => plane !== cheapest);
    const result = intersectHalfSpaces(rowsOf(planes, next));
    if (!result.ok) return result;
    // Only neighbours of the removed plane bound its cap, so only theirs have changed.
    const touched = neighbours(body, kept, cheapest);
    body = {
      ...result.value,
      faces: result.value.faces.map((face) => ({ ...face, plane: next[face.plane] })),
    };
    kept = next;
    for (const plane of touched) costs.set(plane, addedVolume(planes, kept, plane));
  }
  return ok({ planes: rowsOf(planes, kept), kept });
}

function addedVolume(planes: Numbers, kept: readonly number[], without: number): number {
  const with_ = intersectHalfSpaces(rowsOf(planes, kept));
  const rest = intersectHalfSpaces(
    rowsOf(
      planes,
      kept.filter((plane) => plane !== without),
    ),
  );
  if (!with_.ok || !rest.ok || rest.value.clippedByBox) return Infinity;
  return polytopeMass(rest.value).volume - polytopeMass(with_.value).volume;
}

function neighbours(body: Polytope, kept: readonly number[], plane: number): number[] {
  const loop = new Set(body.faces.find((face) => face.plane === plane)?.loop);
  const touching = new Set(
    body.faces.filter((face) => face.loop.some((vertex) => loop.has(vertex))).map((face) => face.plane),
  );
  return kept.filter((other) => other !== plane && touching.has(other));
}

function rowsOf(planes: Numbers, rows: readonly number[]): Float64Array {
  const picked = new Float64Array(rows.length * 4);
  rows.forEach((row, index) => {
    for (let term = 0; term < 4; term++) picked[4 * index + term] = planes[4 * row + term];
  });
  return picked;
}

function openBody(maximum: number): { code: string; message: string; hint: string } {
  return {
    code: 'unbounded-polytope',
    message: `The planes cannot be reduced to ${maximum}: the body would be open.`,
    hint: 'Allow more planes.',
  };
}
