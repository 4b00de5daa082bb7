import type { ExportBody } from '../bodies';
import { coordinates } from '../numbers';
import { partFiles, type ExportScene, type WrittenFormat } from '../writer';

export function write(scene: ExportScene): WrittenFormat {
  const beside = partFiles(scene, 'off', (body) => writeOff([body]));
  return { file: writeOff(scene.shown), beside };
}

/**
 * OFF as text: every part's vertices, then every part's faces as the polygons that the planes make, each in the part's
 * colour. OFF has neither units nor names; comments, which readers skip, say both.
 */
function writeOff(bodies: readonly ExportBody[]): string {
  const vertices: string[] = [];
  const faces: string[] = [];
  const parts: string[] = [];
  for (const body of bodies) {
    const firstVertex = vertices.length;
    const firstFace = faces.length;
    for (let i = 0; i < body.vertices.length; i += 3) {
      vertices.push(coordinates(body.vertices.subarray(i, i + 3)));
    }
    const colour = [1, 3, 5].map((digit) => Number.parseInt(body.colour.css.slice(digit, digit + 2), 16));
    for (const loop of body.loops) {
      const corners = loop.map((vertex) => vertex + firstVertex);
      faces.push(`${loop.length} ${corners.join(' ')} ${colour.join(' ')}`);
    }
    parts.push(`# ${body.name}: faces ${firstFace} to ${faces.length - 1}`);
  }
  const head = ['OFF', '# Convex parts by Halfspace. Metres.', ...parts];
  // The third count is of edges, which readers ignore.
  return `${[...head, `${vertices.length} ${faces.length} 0`, ...vertices, ...faces].join('\n')}\n`;
}
