import { Document, WebIO } from '@gltf-transform/core';
import { triangleArea } from '../../../../shared/geometry/triangle';
import type { TriangleMesh, Vec3 } from '../../../../shared/geometry/types';
import type { ExportBody } from '../bodies';
import type { ExportScene, WrittenFormat } from '../writer';

export async function write({ name, shown, visual }: ExportScene): Promise<WrittenFormat> {
  return { file: await writeGlb(name, shown, visual) };
}

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
  const normal = new Float64Array(3);
  for (let t = 0; t < mesh.indices.length / 3; t++) {
    if (triangleArea(mesh, t, normal) === 0) continue;
    for (const v of mesh.indices.subarray(3 * t, 3 * t + 3)) {
      positions.push(...mesh.positions.subarray(3 * v, 3 * v + 3));
      normals.push(...normal);
    }
  }
  return { positions: Float32Array.from(positions), normals: Float32Array.from(normals) };
}
