import type { Polytope, TriangleMesh } from './types';

/**
 * The polytope's boundary as triangles, fanned per face from the loop's first corner, counter-clockwise outside. Shares
 * the polytope's vertices (copied): faces do not get their own.
 */
export function triangulatePolytope(polytope: Polytope): TriangleMesh {
  const indices = new Uint32Array(3 * countTriangles(polytope));
  let at = 0;
  for (const { loop } of polytope.faces) {
    for (let corner = 2; corner < loop.length; corner++) {
      indices[at++] = loop[0];
      indices[at++] = loop[corner - 1];
      indices[at++] = loop[corner];
    }
  }
  return { positions: polytope.vertices.slice(), indices };
}

function countTriangles(polytope: Polytope): number {
  let count = 0;
  for (const { loop } of polytope.faces) count += loop.length - 2;
  return count;
}
