import { PNG } from 'pngjs';
import { joinMeshes } from '../../../shared/geometry/join';
import { lookAt } from '../../../shared/geometry/ray-camera';
import { renderMesh } from '../../../shared/geometry/ray-render';
import { triangulatePolytope } from '../../../shared/geometry/triangulate';
import type { UpAxis } from '../../../shared/document/types';
import type { Vec3 } from '../../../shared/geometry/types';
import { partColour } from '../../../shared/shape/colour';
import { partPolytope } from '../../../shared/shape/explicit';
import type { ConvexPart } from '../../../shared/shape/types';

/** Radians: the whole cube of learning space with a margin. */
const VERTICAL_VIEW = 0.7;

/** A studio picture of parts, each in its colour: RGBA [height * width * 4]. */
export function renderParts(
  parts: readonly ConvexPart[],
  upAxis: UpAxis,
  width: number,
  height: number,
): Uint8Array {
  const bodies = parts.flatMap((part) => {
    const polytope = partPolytope(part);
    return polytope.ok ? [{ index: part.index, mesh: triangulatePolytope(polytope.value) }] : [];
  });
  const colours = bodies.flatMap(({ index, mesh }) => {
    const { css } = partColour(index, 'dark');
    const rgb = [1, 3, 5].map((digit) => Number.parseInt(css.slice(digit, digit + 2), 16));
    return Array.from({ length: mesh.indices.length / 3 }, () => rgb).flat();
  });
  const eye: Vec3 = upAxis === 'y' ? [1.1, 0.85, 1.6] : [1.1, -1.6, 0.85];
  const camera = lookAt(eye, [0, 0, 0], upAxis === 'y' ? [0, 1, 0] : [0, 0, 1], width, height, VERTICAL_VIEW);
  const options = { colours: Uint8Array.from(colours), upAxis };
  return renderMesh(joinMeshes(bodies.map(({ mesh }) => mesh)), camera, options);
}

/** A PNG of RGBA pixels. */
export function encodePng(width: number, height: number, rgba: Uint8Array): Uint8Array {
  const png = new PNG({ width, height });
  png.data.set(rgba);
  return PNG.sync.write(png);
}
