import type { MassProperties, TriangleMesh } from '../../../shared/geometry/types';
import { oklchToLinear } from '../../../shared/shape/colour';
import type { ExportBody } from './bodies';

/** The union of all parts as one surface, for the formats that show one watertight body. It is not convex. */
export function unionBody(name: string, mesh: TriangleMesh, mass: MassProperties): ExportBody {
  return {
    name: `${name}_union`,
    title: 'Union of all parts',
    vertices: mesh.positions,
    loops: Array.from({ length: mesh.indices.length / 3 }, (_, t) => [
      ...mesh.indices.subarray(3 * t, 3 * t + 3),
    ]),
    mesh,
    mass,
    colour: { css: '#b0b0b0', linear: oklchToLinear(0.76, 0, 0) },
  };
}
