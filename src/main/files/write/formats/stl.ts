import { stl } from '../../../../shared/formats/stl';
import { triangleArea } from '../../../../shared/geometry/triangle';
import type { TriangleMesh } from '../../../../shared/geometry/types';
import { partFiles, type ExportScene, type WrittenFormat } from '../writer';

const HEADER_BYTES = 80;
const BYTES_PER_TRIANGLE = 50;

export function write(scene: ExportScene): WrittenFormat {
  const { shown, stem, upAxis } = scene;
  const listed = shown.map((body) => ({ name: body.name, triangles: body.mesh.indices.length / 3 }));
  return {
    file: writeStl(shown.map((body) => body.mesh)),
    beside: [
      [stl.export.beside.name(stem), writeStlSidecar(listed, upAxis)],
      ...partFiles(scene, 'stl', (body) => writeStl([body.mesh])),
    ],
  };
}

/** Binary STL, little-endian. STL has neither units nor names; `writeStlSidecar` says them beside it. */
export function writeStl(meshes: readonly TriangleMesh[]): Uint8Array {
  const triangles = meshes.reduce((sum, mesh) => sum + mesh.indices.length / 3, 0);
  const bytes = new Uint8Array(HEADER_BYTES + 4 + triangles * BYTES_PER_TRIANGLE);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('Halfspace convex parts, metres'));
  view.setUint32(HEADER_BYTES, triangles, true);
  let offset = HEADER_BYTES + 4;
  const normal = new Float64Array(3);
  for (const mesh of meshes) {
    for (let t = 0; t < mesh.indices.length / 3; t++) {
      triangleArea(mesh, t, normal);
      const corners = [...mesh.indices.subarray(3 * t, 3 * t + 3)];
      const values = [...normal, ...corners.flatMap((v) => [...mesh.positions.subarray(3 * v, 3 * v + 3)])];
      values.forEach((value, i) => view.setFloat32(offset + 4 * i, value, true));
      offset += BYTES_PER_TRIANGLE;
    }
  }
  return bytes;
}

/** What STL cannot say, as JSON beside the file. */
function writeStlSidecar(parts: readonly { name: string; triangles: number }[], upAxis: string): string {
  return `${JSON.stringify({ units: 'metres', upAxis, parts }, null, 2)}\n`;
}
