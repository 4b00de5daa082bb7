import { GLB_BUFFER, Logger, Verbosity, WebIO, type Accessor } from '@gltf-transform/core';
import { Vector3 } from 'three';
import { upAxisReadAs } from '../../../shared/formats/lookup';
import { ok, type Result } from '../../../shared/result';
import { checkGltfBounds, usedAccessors } from './gltf-bounds';
import { readGltfContainer } from './gltf-container';
import { broken, placeGltfMeshes, type GltfInstance } from './gltf-scene';
import { gltfSchema, type GltfJson, type GltfPrimitive } from './gltf-schema';
import { badFile, quoted, truncated, type Failure } from './problems';
import type { ReadMesh } from './types';

/** Reads a file that lies beside the one being read; the reader of a .gltf asks for its buffers. */
export type ReadBeside = (relativePath: string) => Promise<Result<Uint8Array>>;

/** Extensions that change nothing about where triangles are. */
const HARMLESS = /^(KHR_materials_|KHR_texture_|EXT_texture_|KHR_lights_|KHR_xmp|KHR_mesh_quantization$)/;

/**
 * Reads the triangles of a GLB or glTF 2.0 scene with their node transforms. Counts are bounded from the JSON before
 * any buffer is read. Skins, morph targets, points and lines are passed over, which the notes say.
 */
export async function readGltf(
  bytes: Uint8Array,
  file: string,
  readBeside: ReadBeside,
): Promise<Result<ReadMesh>> {
  const container = readGltfContainer(bytes, file);
  if (!container.ok) return container;
  const parsed = gltfSchema.safeParse(container.value.json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return broken(file, issue.path.length > 0 ? issue.path.join('.') : 'the JSON', issue.message);
  }
  const json = parsed.data;
  const unknown = json.extensionsRequired?.find((name) => !HARMLESS.test(name));
  if (unknown) {
    return badFile(
      'file-unsupported',
      file,
      'extensionsRequired',
      `the file needs ${quoted(unknown)}, which is not read`,
      'Export it without compression or instancing.',
    );
  }
  const instances = placeGltfMeshes(json, file);
  if (!instances.ok) return instances;
  const used = usedAccessors(json, instances.value);
  const bounds = checkGltfBounds(json, instances.value, used, file);
  if (bounds) return bounds;
  const resources = await collectBuffers(json, used, container.value.binary, file, readBeside);
  if (!resources.ok) return resources;
  const accessors = await decodeAccessors(json, used, resources.value, file);
  return accessors.ok ? assemble(json, instances.value, accessors.value, file) : accessors;
}

type Resources = Record<string, Uint8Array<ArrayBuffer>>;

async function collectBuffers(
  json: GltfJson,
  used: ReadonlySet<number>,
  binary: Uint8Array | null,
  file: string,
  readBeside: ReadBeside,
): Promise<Result<Resources>> {
  const resources: Resources = {};
  const needed = new Set<number>();
  for (const index of used) {
    const { bufferView, sparse } = json.accessors![index];
    for (const view of [bufferView, sparse?.indices.bufferView, sparse?.values.bufferView]) {
      if (view !== undefined) needed.add(json.bufferViews![view].buffer);
    }
  }
  for (const index of needed) {
    const { uri, byteLength } = json.buffers![index];
    const place = `buffers[${index}]`;
    let content: Result<Uint8Array>;
    if (uri === undefined) {
      content =
        binary && index === 0
          ? ok(binary)
          : broken(file, place, 'it has no uri and there is no binary chunk');
    } else if (uri.startsWith('data:')) {
      content = dataUri(uri, place, file);
    } else {
      const path = relativePath(uri);
      content =
        path === null
          ? badFile(
              'archive-unsafe',
              file,
              `${place}.uri`,
              `buffers are read from the file's own folder only, found ${quoted(uri)}`,
              'Put the buffer beside the file, or export it as GLB.',
            )
          : await readBeside(path);
    }
    if (!content.ok) return content;
    if (content.value.length < byteLength) {
      return truncated(file, place, `it announces ${byteLength} bytes and has ${content.value.length}`);
    }
    resources[uri ?? GLB_BUFFER] = aligned(content.value);
  }
  return ok(resources);
}

/** A path below the file's folder, or null for one that leaves it or names another place. */
function relativePath(uri: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(uri);
  } catch {
    return null;
  }
  const inside = !/^[/\\]|^[a-zA-Z][\w+.-]*:|\\|\0/.test(path) && !path.split('/').includes('..');
  return inside && path !== '' ? path : null;
}

function dataUri(uri: string, place: string, file: string): Result<Uint8Array> {
  const comma = uri.indexOf(',');
  return comma >= 0 && uri.slice(0, comma).endsWith(';base64')
    ? ok(Buffer.from(uri.slice(comma + 1), 'base64'))
    : broken(file, `${place}.uri`, 'a data URI must be base64');
}

/** Typed arrays need aligned offsets; a Node buffer from a pool has any. */
function aligned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer
    ? (bytes as Uint8Array<ArrayBuffer>)
    : Uint8Array.from(bytes);
}

async function decodeAccessors(
  json: GltfJson,
  used: ReadonlySet<number>,
  resources: Resources,
  file: string,
): Promise<Result<readonly Accessor[]>> {
  // Only what the meshes need: an accessor costs a copy of its data, and a file may list any number of them.
  const reduced = {
    asset: json.asset,
    accessors: (json.accessors ?? []).map((accessor, i) =>
      used.has(i) ? accessor : { type: accessor.type, componentType: accessor.componentType, count: 0 },
    ),
    bufferViews: used.size > 0 ? json.bufferViews : [],
    buffers: json.buffers,
  };
  for (let i = 0; i < (reduced.bufferViews ?? []).length; i++) {
    const view = reduced.bufferViews![i];
    const uri = json.buffers?.[view.buffer]?.uri ?? GLB_BUFFER;
    const room = resources[uri]?.byteLength ?? -1;
    // Views of images and animations are not needed and may lie in buffers that were not read.
    if ((view.byteOffset ?? 0) + view.byteLength > room) {
      reduced.bufferViews = reduced.bufferViews!.map((v, n) =>
        n === i ? { ...v, byteOffset: 0, byteLength: 0 } : v,
      );
      if (room < 0) resources[uri] = new Uint8Array(0);
    }
  }
  try {
    const io = new WebIO().setLogger(new Logger(Verbosity.SILENT));
    const document = await io.readJSON({ json: reduced as never, resources });
    return ok(document.getRoot().listAccessors());
  } catch (error) {
    return broken(file, 'accessors', `they cannot be decoded (${(error as Error).message})`);
  }
}

function assemble(
  json: GltfJson,
  instances: readonly GltfInstance[],
  accessors: readonly Accessor[],
  file: string,
): Result<ReadMesh> {
  const positions: number[][] = [];
  const indices: number[][] = [];
  let offset = 0;
  let passedOver = 0;
  for (const { mesh, world } of instances) {
    const primitives = json.meshes![mesh].primitives;
    for (let p = 0; p < primitives.length; p++) {
      const primitive = primitives[p];
      const mode = primitive.mode ?? 4;
      if (mode < 4 || primitive.attributes.POSITION === undefined) {
        passedOver++;
        continue;
      }
      const place = `meshes[${mesh}].primitives[${p}]`;
      const placed = placePositions(accessors[primitive.attributes.POSITION], world, place, file);
      if (!placed.ok) return placed;
      const corners = readCorners(primitive, accessors, placed.value.length / 3, place, file);
      if (!corners.ok) return corners;
      const triangles = toTriangles(corners.value, mode, world.determinant() < 0);
      positions.push(placed.value);
      indices.push(triangles.map((v) => v + offset));
      offset += placed.value.length / 3;
    }
  }
  if (indices.every((list) => list.length === 0)) {
    return badFile('no-surface', file, 'the scene', 'it has no triangles', 'Export a scene with a mesh.');
  }
  const notes: string[] = [];
  if (passedOver > 0) notes.push(`${passedOver} primitives of points or lines were passed over.`);
  if (json.nodes?.some((node) => node.skin !== undefined))
    notes.push('Skinned meshes are read in their rest pose.');
  return ok({
    kind: 'mesh',
    mesh: { positions: concatFloat64(positions), indices: concatUint32(indices) },
    upAxis: upAxisReadAs('glb', 'mesh'),
    notes,
  });
}

function placePositions(
  accessor: Accessor,
  world: GltfInstance['world'],
  place: string,
  file: string,
): Result<number[]> {
  if (accessor.getElementSize() !== 3) return broken(file, `${place}.attributes.POSITION`, 'it must be VEC3');
  const out: number[] = [];
  const element: number[] = [];
  const point = new Vector3();
  for (let v = 0; v < accessor.getCount(); v++) {
    accessor.getElement(v, element);
    point.set(element[0], element[1], element[2]).applyMatrix4(world);
    if (!Number.isFinite(point.x + point.y + point.z)) return notFinite(file, place, v, element);
    out.push(point.x, point.y, point.z);
  }
  return ok(out);
}

function notFinite(file: string, place: string, vertex: number, element: readonly number[]): Failure {
  return badFile(
    'not-finite',
    file,
    `${place}, vertex ${vertex}`,
    `a vertex needs finite coordinates, found ${element.join(', ')}`,
    'Remove or repair the vertex in the program that made the file.',
  );
}

function readCorners(
  primitive: GltfPrimitive,
  accessors: readonly Accessor[],
  vertices: number,
  place: string,
  file: string,
): Result<number[]> {
  const out: number[] = [];
  if (primitive.indices === undefined) {
    for (let v = 0; v < vertices; v++) out.push(v);
    return ok(out);
  }
  const accessor = accessors[primitive.indices];
  for (let i = 0; i < accessor.getCount(); i++) {
    const v = accessor.getScalar(i);
    if (!(v < vertices))
      return broken(file, `${place}.indices`, `index ${i} names vertex ${v} of ${vertices}`);
    out.push(v);
  }
  return ok(out);
}

/** Triangles of a list (4), strip (5) or fan (6); turned over under a mirroring transform. */
function toTriangles(corners: readonly number[], mode: number, mirrored: boolean): number[] {
  const out: number[] = [];
  const push = (a: number, b: number, c: number): void => {
    if (mirrored) out.push(a, c, b);
    else out.push(a, b, c);
  };
  if (mode === 4)
    for (let i = 2; i < corners.length; i += 3) push(corners[i - 2], corners[i - 1], corners[i]);
  else if (mode === 6) for (let i = 2; i < corners.length; i++) push(corners[0], corners[i - 1], corners[i]);
  else {
    for (let i = 2; i < corners.length; i++) {
      if (i % 2 === 0) push(corners[i - 2], corners[i - 1], corners[i]);
      else push(corners[i - 1], corners[i - 2], corners[i]);
    }
  }
  return out;
}

function concatFloat64(lists: readonly number[][]): Float64Array {
  const out = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}

function concatUint32(lists: readonly number[][]): Uint32Array {
  const out = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}
