import type { GltfInstance } from './gltf-scene';
import { broken } from './gltf-scene';
import { COMPONENT_BYTES, TYPE_COMPONENTS, type GltfAccessor, type GltfJson } from './gltf-schema';
import { READ_LIMITS } from './limits';
import { tooMany, truncated, type Failure } from './problems';

/** Accessors that the placed meshes need. */
export function usedAccessors(json: GltfJson, instances: readonly GltfInstance[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { mesh } of instances) {
    for (const { attributes, indices } of json.meshes![mesh].primitives) {
      if (attributes.POSITION !== undefined) used.add(attributes.POSITION);
      if (indices !== undefined) used.add(indices);
    }
  }
  return used;
}

/** Checks from the JSON alone that what the meshes need is there and is not too much. */
export function checkGltfBounds(
  json: GltfJson,
  instances: readonly GltfInstance[],
  used: ReadonlySet<number>,
  file: string,
): Failure | null {
  let elements = 0;
  for (const index of used) {
    const failure = checkAccessor(json, index, file);
    if (failure) return failure;
    elements += json.accessors![index].count;
  }
  const limit = READ_LIMITS.vertices + 3 * READ_LIMITS.triangles;
  if (elements > limit) return tooMany(file, 'accessors', `they hold ${elements} elements`, limit);
  let triangles = 0;
  let vertices = 0;
  for (const { mesh } of instances) {
    for (const { attributes, indices, mode } of json.meshes![mesh].primitives) {
      if (attributes.POSITION === undefined) continue;
      const positions = json.accessors![attributes.POSITION];
      const corners = indices === undefined ? positions.count : json.accessors![indices].count;
      vertices += positions.count;
      triangles += (mode ?? 4) === 4 ? corners / 3 : corners;
    }
  }
  if (triangles > READ_LIMITS.triangles) {
    return tooMany(file, 'meshes', `the scene has ${Math.ceil(triangles)} triangles`, READ_LIMITS.triangles);
  }
  if (vertices > READ_LIMITS.vertices) {
    return tooMany(file, 'meshes', `the scene has ${vertices} vertices`, READ_LIMITS.vertices);
  }
  return null;
}

function checkAccessor(json: GltfJson, index: number, file: string): Failure | null {
  const place = `accessors[${index}]`;
  const accessor = json.accessors?.[index];
  if (!accessor) return broken(file, place, 'a mesh names this accessor, the file does not have it');
  if (accessor.count > READ_LIMITS.vertices) {
    return tooMany(file, `${place}.count`, `it announces ${accessor.count} elements`, READ_LIMITS.vertices);
  }
  if (accessor.bufferView === undefined)
    return broken(file, place, 'a mesh needs it and it has no bufferView');
  const size = elementBytes(accessor);
  const failure = checkView(
    json,
    accessor.bufferView,
    accessor.byteOffset ?? 0,
    accessor.count,
    size,
    place,
    file,
  );
  if (failure || !accessor.sparse) return failure;
  const { count, indices, values } = accessor.sparse;
  if (count > accessor.count) return broken(file, `${place}.sparse.count`, 'it exceeds the accessor');
  return (
    checkView(
      json,
      indices.bufferView,
      indices.byteOffset ?? 0,
      count,
      COMPONENT_BYTES[indices.componentType],
      `${place}.sparse.indices`,
      file,
    ) ??
    checkView(json, values.bufferView, values.byteOffset ?? 0, count, size, `${place}.sparse.values`, file)
  );
}

function elementBytes({ componentType, type }: GltfAccessor): number {
  return COMPONENT_BYTES[componentType] * TYPE_COMPONENTS[type];
}

function checkView(
  json: GltfJson,
  index: number,
  offset: number,
  count: number,
  size: number,
  place: string,
  file: string,
): Failure | null {
  const view = json.bufferViews?.[index];
  if (!view) return broken(file, place, `the file has no bufferView ${index}`);
  const stride = view.byteStride ?? size;
  if (stride < size)
    return broken(file, `bufferViews[${index}].byteStride`, `${stride} is less than ${size} bytes`);
  if (count > 0 && offset + stride * (count - 1) + size > view.byteLength) {
    return truncated(
      file,
      place,
      `${count} elements of ${size} bytes do not fit into bufferViews[${index}] of ${view.byteLength} bytes`,
    );
  }
  const buffer = json.buffers?.[view.buffer];
  if (!buffer) return broken(file, `bufferViews[${index}]`, `the file has no buffer ${view.buffer}`);
  if ((view.byteOffset ?? 0) + view.byteLength > buffer.byteLength) {
    return truncated(
      file,
      `bufferViews[${index}]`,
      `it ends behind buffers[${view.buffer}] of ${buffer.byteLength} bytes`,
    );
  }
  return null;
}
