import { PNG } from 'pngjs';
import type { HalfspaceDocument } from '../../shared/document/types';
import { lookAt } from '../../shared/geometry/ray-camera';
import { renderMesh } from '../../shared/geometry/ray-render';
import { triangulatePolytope } from '../../shared/geometry/triangulate';
import type { TriangleMesh, Vec3 } from '../../shared/geometry/types';
import type { Result } from '../../shared/result';
import { partColour } from '../../shared/shape/colour';
import { partPolytope } from '../../shared/shape/explicit';
import { writeFileAtomic } from '../files/atomic';

const WIDTH = 480;
const HEIGHT = 360;
/** Radians: the whole cube of learning space with a margin. */
const VERTICAL_VIEW = 0.7;

/** Writes a studio picture of a document's parts, each in its colour, as PNG. */
export function writePicture(path: string, document: HalfspaceDocument): Promise<Result<number>> {
  const { mesh, colours } = colouredParts(document);
  const { upAxis } = document.frame;
  const eye: Vec3 = upAxis === 'y' ? [1.1, 0.85, 1.6] : [1.1, -1.6, 0.85];
  const camera = lookAt(eye, [0, 0, 0], upAxis === 'y' ? [0, 1, 0] : [0, 0, 1], WIDTH, HEIGHT, VERTICAL_VIEW);
  const image = renderMesh(mesh, camera, { colours, upAxis });
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  png.data.set(image);
  return writeFileAtomic(path, PNG.sync.write(png));
}

/** All parts as one mesh in learning units, with an sRGB colour per triangle. */
function colouredParts(document: HalfspaceDocument): { mesh: TriangleMesh; colours: Uint8Array } {
  const positions: number[] = [];
  const indices: number[] = [];
  const colours: number[] = [];
  for (const part of document.parts) {
    const polytope = partPolytope(part);
    if (!polytope.ok) continue;
    const { css } = partColour(part.index, 'dark');
    const rgb = [1, 3, 5].map((digit) => Number.parseInt(css.slice(digit, digit + 2), 16));
    const mesh = triangulatePolytope(polytope.value);
    const first = positions.length / 3;
    positions.push(...mesh.positions);
    for (const index of mesh.indices) indices.push(first + index);
    for (let t = 0; t < mesh.indices.length; t += 3) colours.push(...rgb);
  }
  return {
    mesh: { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) },
    colours: Uint8Array.from(colours),
  };
}
