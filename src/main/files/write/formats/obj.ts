import type { ExportBody } from '../bodies';
import { coordinate } from '../numbers';
import { partFiles, type ExportScene, type WrittenFormat } from '../writer';

export function write(scene: ExportScene): WrittenFormat {
  const beside = partFiles(scene, 'obj', (body) => writeObj([body]));
  return { file: writeObj(scene.shown), beside };
}

/**
 * Wavefront OBJ: one `o` per part, faces as the polygons that the planes make. OBJ has no units; metres by convention.
 */
function writeObj(bodies: readonly ExportBody[]): string {
  const lines = ['# Convex parts by Halfspace. Metres.'];
  let firstVertex = 1;
  for (const { name, vertices, loops } of bodies) {
    lines.push(`o ${name}`);
    for (let i = 0; i < vertices.length; i += 3) {
      lines.push(
        `v ${coordinate(vertices[i])} ${coordinate(vertices[i + 1])} ${coordinate(vertices[i + 2])}`,
      );
    }
    for (const loop of loops) lines.push(`f ${loop.map((vertex) => vertex + firstVertex).join(' ')}`);
    firstVertex += vertices.length / 3;
  }
  return `${lines.join('\n')}\n`;
}
