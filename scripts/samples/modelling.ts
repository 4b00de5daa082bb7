import type { CrossSection, Manifold } from 'manifold-3d';
import type { ManifoldApi } from '../../src/shared/geometry/manifold';
import type { TriangleMesh } from '../../src/shared/geometry/types';

/** A point of a profile or an outline, metres. */
export type Point2 = [number, number];

/** A sample's solid: modelled with Z up in metres, standing on z = 0. */
export type Model = (api: ManifoldApi) => Manifold;

/** A board with rounded corners in plan, centred over x and y, from z upwards. */
export function board(
  api: ManifoldApi,
  width: number,
  depth: number,
  height: number,
  radius: number,
): Manifold {
  return roundedRectangle(api, width, depth, radius).extrude(height);
}

export function roundedRectangle(
  api: ManifoldApi,
  width: number,
  depth: number,
  radius: number,
): CrossSection {
  return api.CrossSection.square([width - 2 * radius, depth - 2 * radius], true).offset(
    radius,
    'Round',
    2,
    24,
  );
}

/** A bar of rectangular section from one point to another; the section's first side stays level. */
export function bar(
  api: ManifoldApi,
  from: [number, number, number],
  to: [number, number, number],
  section: [number, number],
  taper = 1,
): Manifold {
  const [length, level, tilt] = between(from, to);
  return api.CrossSection.square(section, true)
    .extrude(length, 0, 0, [taper, taper])
    .rotate([0, tilt, level])
    .translate(from);
}

/** A round rod from one point to another. */
export function rod(
  api: ManifoldApi,
  from: [number, number, number],
  to: [number, number, number],
  radius: number,
  segments = 20,
): Manifold {
  const [length, level, tilt] = between(from, to);
  return api.Manifold.cylinder(length, radius, radius, segments).rotate([0, tilt, level]).translate(from);
}

/** A solid of revolution about z from a profile of (radius, height). */
export function turned(api: ManifoldApi, profile: Point2[], segments: number): Manifold {
  return new api.CrossSection([profile], 'NonZero').revolve(segments);
}

/** Points of an arc in the plane, ends included. */
export function arc(
  centre: Point2,
  radius: number,
  fromDegrees: number,
  toDegrees: number,
  steps: number,
): Point2[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((fromDegrees + ((toDegrees - fromDegrees) * i) / steps) * Math.PI) / 180;
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
}

/** The solid's surface with Y up, rid of triangles that rounding would flatten, coordinates rounded to a micrometre so that files are small and stable. */
export function toMesh(solid: Manifold): TriangleMesh {
  const { numProp, vertProperties, triVerts } = solid.simplify(5e-6).getMesh();
  const count = vertProperties.length / numProp;
  const positions = new Float64Array(count * 3);
  const micrometres = (x: number): number => Math.round(x * 1e6) / 1e6 + 0;
  for (let v = 0; v < count; v++) {
    const [x, y, z] = vertProperties.subarray(v * numProp, v * numProp + 3);
    positions.set([micrometres(x), micrometres(z), micrometres(-y)], v * 3);
  }
  return { positions, indices: Uint32Array.from(triVerts) };
}

function between(a: [number, number, number], b: [number, number, number]): [number, number, number] {
  const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const length = Math.hypot(...d);
  const level = (Math.atan2(d[1], d[0]) * 180) / Math.PI;
  const tilt = (Math.acos(d[2] / length) * 180) / Math.PI;
  return [length, level, tilt];
}
