import type { ExportBody } from '../bodies';
import { partFiles, type ExportScene, type WrittenFormat } from '../writer';

const BYTES_PER_VERTEX = 15;

export function write(scene: ExportScene): WrittenFormat {
  const beside = partFiles(scene, 'ply', (body) => writePly([body]));
  return { file: writePly(scene.shown), beside };
}

/** Binary little-endian PLY: float32 positions, the part's colour per vertex, polygons, and the part's index per face. */
function writePly(bodies: readonly ExportBody[]): Uint8Array {
  const vertexCount = bodies.reduce((sum, { vertices }) => sum + vertices.length / 3, 0);
  const allLoops = bodies.flatMap(({ loops }) => loops);
  const header = [
    'ply',
    'format binary_little_endian 1.0',
    'comment Convex parts by Halfspace. Metres.',
    ...bodies.map(({ name }, index) => `comment part ${index} ${name}`),
    `element vertex ${vertexCount}`,
    ...['x', 'y', 'z'].map((axis) => `property float ${axis}`),
    ...['red', 'green', 'blue'].map((channel) => `property uchar ${channel}`),
    `element face ${allLoops.length}`,
    'property list uchar int vertex_indices',
    'property int part',
    'end_header\n',
  ].join('\n');
  const head = new TextEncoder().encode(header);
  const faceBytes = allLoops.reduce((sum, loop) => sum + 1 + 4 * loop.length + 4, 0);
  const bytes = new Uint8Array(head.length + vertexCount * BYTES_PER_VERTEX + faceBytes);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  let offset = head.length;
  for (const { vertices, colour } of bodies) {
    const rgb = [1, 3, 5].map((digit) => Number.parseInt(colour.css.slice(digit, digit + 2), 16));
    for (let i = 0; i < vertices.length; i += 3) {
      for (let axis = 0; axis < 3; axis++) view.setFloat32(offset + 4 * axis, vertices[i + axis], true);
      bytes.set(rgb, offset + 12);
      offset += BYTES_PER_VERTEX;
    }
  }
  let firstVertex = 0;
  bodies.forEach(({ vertices, loops }, part) => {
    for (const loop of loops) {
      view.setUint8(offset, loop.length);
      loop.forEach((vertex, i) => view.setInt32(offset + 1 + 4 * i, vertex + firstVertex, true));
      view.setInt32(offset + 1 + 4 * loop.length, part, true);
      offset += 5 + 4 * loop.length;
    }
    firstVertex += vertices.length / 3;
  });
  return bytes;
}
