import { Document, WebIO } from '@gltf-transform/core';
import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';
import type { ExportBody } from './bodies';

/**
 * Binary glTF 2.0: a node per part under one root, flat-shaded, each in its part's colour. glTF is in metres and Y up:
 * the bodies come in those axes.
 *
 * @param visual the source's mesh as one more node, or null
 */
export async function writeGlb(
  name: string,
  bodies: readonly ExportBody[],
  visual: TriangleMesh | null,
): Promise<Uint8Array> {
  const document = new Document();
  document.getRoot().getAsset().generator = 'Halfspace';
  const buffer = document.createBuffer();
  const root = document.createNode(name);
  document.getRoot().setDefaultScene(document.createScene(name).addChild(root));

  const addNode = (nodeName: string, mesh: TriangleMesh, colour: Vec3) => {
    const { positions, normals } = flatShaded(mesh);
    const primitive = document
      .createPrimitive()
      .setAttribute(
        'POSITION',
        document.createAccessor().setType('VEC3').setArray(positions).setBuffer(buffer),
      )
      .setAttribute('NORMAL', document.createAccessor().setType('VEC3').setArray(normals).setBuffer(buffer))
      .setMaterial(
        document
          .createMaterial(nodeName)
          .setBaseColorFactor([...colour, 1])
          .setMetallicFactor(0)
          .setRoughnessFactor(0.7),
      );
    const node = document.createNode(nodeName).setMesh(document.createMesh(nodeName).addPrimitive(primitive));
    root.addChild(node);
    return node;
  };
  for (const body of bodies)
    addNode(body.name, body.mesh, body.colour.linear).setExtras({ title: body.title });
  if (visual) addNode(`${name}_visual`, visual, [0.5, 0.5, 0.5]);
  return new WebIO().writeBinary(document);
}

/** Three vertices of its own per triangle, so that edges between planes stay crisp. Zero-area triangles are dropped. */
function flatShaded(mesh: TriangleMesh): { positions: Float32Array; normals: Float32Array } {
  const positions: number[] = [];
  const normals: number[] = [];
  for (let t = 0; t < mesh.indices.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((corner) => {
      const i = 3 * mesh.indices[t + corner];
      return [mesh.positions[i], mesh.positions[i + 1], mesh.positions[i + 2]];
    });
    const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const length = Math.hypot(...normal);
    if (length === 0) continue;
    for (const corner of [a, b, c]) {
      positions.push(...corner);
      normals.push(normal[0] / length, normal[1] / length, normal[2] / length);
    }
  }
  return { positions: Float32Array.from(positions), normals: Float32Array.from(normals) };
}
