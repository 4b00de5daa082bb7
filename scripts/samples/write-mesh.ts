import { Document, WebIO } from '@gltf-transform/core';
import { writeStl } from '../../src/main/files/write/formats/stl';
import { upAxisReadAs } from '../../src/shared/formats/lookup';
import type { TriangleMesh } from '../../src/shared/geometry/types';
import type { MeshFormat } from './catalogue';

/** A mesh file's bytes, from metres with Y up: turned to Z up where readers of the format expect it. */
export async function writeMesh(mesh: TriangleMesh, title: string, format: MeshFormat): Promise<Uint8Array> {
  const turned = upAxisReadAs(format, 'mesh') === 'z' ? zUp(mesh) : mesh;
  switch (format) {
    case 'glb':
      return glb(turned, title);
    case 'obj':
      return obj(turned, title);
    case 'ply':
      return ply(turned, title);
    case 'stl':
      return stl(turned, title);
  }
}

function zUp({ positions, indices }: TriangleMesh): TriangleMesh {
  const turned = Float64Array.from(positions, (_, i) =>
    i % 3 === 0 ? positions[i] : i % 3 === 1 ? 0 - positions[i + 1] : positions[i - 1],
  );
  return { positions: turned, indices };
}

/** Shared vertices without normals: viewers shade it flat, readers see the surface closed. */
async function glb({ positions, indices }: TriangleMesh, title: string): Promise<Uint8Array> {
  const document = new Document();
  const root = document.getRoot();
  root.getAsset().generator = 'Halfspace';
  const buffer = document.createBuffer();
  const index = positions.length / 3 > 65_535 ? indices : Uint16Array.from(indices);
  const primitive = document
    .createPrimitive()
    .setAttribute(
      'POSITION',
      document.createAccessor().setType('VEC3').setArray(Float32Array.from(positions)).setBuffer(buffer),
    )
    .setIndices(document.createAccessor().setArray(index).setBuffer(buffer))
    .setMaterial(document.createMaterial(title).setMetallicFactor(0).setRoughnessFactor(0.7));
  const node = document.createNode(title).setMesh(document.createMesh(title).addPrimitive(primitive));
  root.setDefaultScene(document.createScene(title).addChild(node));
  return new WebIO().writeBinary(document);
}

function obj({ positions, indices }: TriangleMesh, title: string): Uint8Array {
  const lines = [`# ${title}. Metres, Y up.`, `o ${title}`];
  for (let v = 0; v < positions.length; v += 3) lines.push(`v ${positions.subarray(v, v + 3).join(' ')}`);
  for (let t = 0; t < indices.length; t += 3) {
    lines.push(`f ${indices[t] + 1} ${indices[t + 1] + 1} ${indices[t + 2] + 1}`);
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/** The writer's header speaks of convex parts, which a sample is not made of. */
function stl(mesh: TriangleMesh, title: string): Uint8Array {
  const bytes = writeStl([mesh]);
  bytes.fill(0, 0, 80);
  bytes.set(new TextEncoder().encode(`${title}, metres, Z up`));
  return bytes;
}

/** Text, so that a person can read how a PLY is made. */
function ply({ positions, indices }: TriangleMesh, title: string): Uint8Array {
  const lines = [
    'ply',
    'format ascii 1.0',
    `comment ${title}, metres, Z up`,
    `element vertex ${positions.length / 3}`,
    ...['x', 'y', 'z'].map((axis) => `property double ${axis}`),
    `element face ${indices.length / 3}`,
    'property list uchar int vertex_indices',
    'end_header',
  ];
  for (let v = 0; v < positions.length; v += 3) lines.push(positions.subarray(v, v + 3).join(' '));
  for (let t = 0; t < indices.length; t += 3) lines.push(`3 ${indices.subarray(t, t + 3).join(' ')}`);
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}
