import { Matrix4, Quaternion, Vector3 } from 'three';
import { ok, type Result } from '../../../shared/result';
import type { GltfJson } from './gltf-schema';
import { READ_LIMITS } from './limits';
import { badFile, tooMany, type Failure } from './problems';

/** A mesh where a node of the scene puts it. */
export interface GltfInstance {
  readonly mesh: number;
  /** Mesh to world. */
  readonly world: Matrix4;
}

/** Walks the default scene (else the first, else every root) and places its meshes. Each node may appear once. */
export function placeGltfMeshes(json: GltfJson, file: string): Result<readonly GltfInstance[]> {
  const nodes = json.nodes ?? [];
  if (nodes.length > READ_LIMITS.nodes) {
    return tooMany(file, 'nodes', `the scene has ${nodes.length} nodes`, READ_LIMITS.nodes);
  }
  const instances: GltfInstance[] = [];
  const seen = new Uint8Array(nodes.length);
  const open = rootsOf(json).map((node) => ({ node, parent: new Matrix4() }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, parent } = next;
    const definition = nodes[node];
    if (!definition)
      return broken(file, `nodes[${node}]`, 'the scene names this node, the file does not have it');
    if (seen[node])
      return broken(file, `nodes[${node}]`, 'the node appears twice in the scene, or contains itself');
    seen[node] = 1;
    const world = new Matrix4().multiplyMatrices(parent, localMatrix(definition));
    if (definition.mesh !== undefined) {
      if (!json.meshes?.[definition.mesh]) {
        return broken(file, `nodes[${node}].mesh`, `the file has no mesh ${definition.mesh}`);
      }
      instances.push({ mesh: definition.mesh, world });
    }
    for (const child of definition.children ?? []) open.push({ node: child, parent: world });
  }
  return ok(instances);
}

function rootsOf(json: GltfJson): readonly number[] {
  const scene = json.scenes?.[json.scene ?? 0];
  if (scene) return scene.nodes ?? [];
  const children = new Set((json.nodes ?? []).flatMap((node) => node.children ?? []));
  return (json.nodes ?? []).flatMap((_, i) => (children.has(i) ? [] : [i]));
}

function localMatrix(node: NonNullable<GltfJson['nodes']>[number]): Matrix4 {
  if (node.matrix) return new Matrix4().fromArray(node.matrix);
  return new Matrix4().compose(
    new Vector3(...(node.translation ?? [0, 0, 0])),
    new Quaternion(...(node.rotation ?? [0, 0, 0, 1])).normalize(),
    new Vector3(...(node.scale ?? [1, 1, 1])),
  );
}

export function broken(file: string, place: string, what: string): Failure {
  return badFile(
    'file-damaged',
    file,
    place,
    what,
    'Export the file again, or check it with a glTF validator.',
  );
}
