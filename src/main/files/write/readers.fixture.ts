import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WebIO } from '@gltf-transform/core';
import loadMujoco from '@mujoco/mujoco';
import { DOMParser } from 'linkedom';
import { Vector3, type BufferGeometry, type Mesh } from 'three';
import { ConvexGeometry } from 'three/examples/jsm/geometries/ConvexGeometry.js';
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js';
import { STLLoader } from 'three/examples/jsm/loaders/STLLoader.js';
import URDFLoader, { type URDFLink, type URDFRobot } from 'urdf-loader';
import type { ExportFormat } from '../../../shared/formats/index';
import { readPly } from '../read/ply';
import { offTriangles, readOff } from './off.fixture';
import { fromPrincipal, solidOfTriangles, type SolidMass } from './solids.fixture';
import { parseUsda } from './usda.fixture';

/** An exported file as somebody else reads it. */
export interface ReadBack {
  /** Closed surfaces, [T * 9] corners each: those of the parts, or one where the format keeps no parts. */
  readonly bodies: readonly ArrayLike<number>[];
  /** Density as the file states it beside its mass. */
  readonly density?: number;
  readonly mass?: SolidMass;
}

/** A reader per export format that shares no code with the writers: a format without one does not compile. */
export const READERS: Readonly<Record<ExportFormat, (path: string) => Promise<ReadBack>>> = {
  obj: async (path) => {
    const { children } = new OBJLoader().parse(await readFile(path, 'utf8'));
    return { bodies: children.map((child) => corners((child as Mesh).geometry)) };
  },
  stl: async (path) => ({ bodies: [await stlCorners(path)] }),
  // three's reader leaves out polygons of more than four corners; the product's own shares nothing with the writer.
  ply: async (path) => {
    const read = readPly(new Uint8Array(await readFile(path)), path);
    if (!read.ok || read.value.kind !== 'mesh') throw new Error('no mesh');
    const { positions, indices } = read.value.mesh;
    return { bodies: [Array.from(indices).flatMap((v) => [...positions.subarray(3 * v, 3 * v + 3)])] };
  },
  off: async (path) => ({ bodies: [offTriangles(readOff(await readFile(path, 'utf8')))] }),
  glb: async (path) => {
    const document = await new WebIO().readBinary(new Uint8Array(await readFile(path)));
    const primitives = document
      .getRoot()
      .listMeshes()
      .flatMap((mesh) => mesh.listPrimitives());
    return { bodies: primitives.map((primitive) => primitive.getAttribute('POSITION')!.getArray()!) };
  },
  mjcf: readMjcf,
  urdf: async (path) => {
    const robot = await loadUrdf(await readFile(path, 'utf8'), dirname(path));
    const { origin, mass, inertia } = (robot as URDFLink).inertial!;
    const { ixx, ixy, ixz, iyy, iyz, izz } = inertia;
    if (origin.rpy.some((angle) => angle !== 0)) throw new Error('the inertia is turned');
    // The parts are asked for twice, once to be seen.
    const meshes = [...new Set(robot.meshes)];
    return {
      bodies: await Promise.all(meshes.map(stlCorners)),
      mass: { mass, centre: origin.xyz, inertia: [ixx, ixy, ixz, ixy, iyy, iyz, ixz, iyz, izz] },
    };
  },
  usd: async (path) => {
    const { metadata, prims } = parseUsda(await readFile(path, 'utf8'));
    if (metadata.metersPerUnit !== 1 || metadata.kilogramsPerUnit !== 1) throw new Error('other units');
    const [root] = prims;
    const colliders = root.prims.filter(({ schemas }) => schemas.includes('PhysicsCollisionAPI'));
    const [w, x, y, z] = root.attributes['physics:principalAxes'] as number[];
    return {
      bodies: colliders.map(({ attributes }) =>
        hullCorners(attributes.points as readonly (readonly number[])[]),
      ),
      density: root.attributes['physics:density'] as number,
      mass: {
        mass: root.attributes['physics:mass'] as number,
        centre: root.attributes['physics:centerOfMass'] as number[],
        inertia: fromPrincipal(root.attributes['physics:diagonalInertia'] as number[], [w, x, y, z]),
      },
    };
  },
};

/** What MuJoCo makes of a model: the mass that it simulates with, and its hull of every collider. */
async function readMjcf(path: string): Promise<ReadBack> {
  const mujoco = await loadMujoco();
  const model = mujoco.MjModel.from_xml_string(await readFile(path, 'utf8'));
  try {
    const [, mass] = model.body_mass as Float64Array;
    const at = (array: Float64Array, width: number, i: number): number[] =>
      Array.from(array.subarray(width * i, width * (i + 1)));
    const [w, x, y, z] = at(model.body_iquat as Float64Array, 4, 1);
    const bodies: number[][] = [];
    for (let geom = 0; geom < (model.ngeom as number); geom++) {
      if ((model.geom_group as Int32Array)[geom] !== 3) continue;
      const mesh = (model.geom_dataid as Int32Array)[geom];
      const first = (model.mesh_vertadr as Int32Array)[mesh];
      const count = (model.mesh_vertnum as Int32Array)[mesh];
      const [qw, qx, qy, qz] = at(model.geom_quat as Float64Array, 4, geom);
      const [px, py, pz] = at(model.geom_pos as Float64Array, 3, geom);
      const points = Array.from({ length: count }, (_, i) => {
        const vertices = model.mesh_vert as Float32Array;
        const v = new Vector3().fromArray(vertices, 3 * (first + i));
        return v.applyQuaternion({ x: qx, y: qy, z: qz, w: qw } as never).add({ x: px, y: py, z: pz });
      });
      bodies.push(hullCorners(points.map((point) => point.toArray())));
    }
    return {
      bodies,
      mass: {
        mass,
        centre: at(model.body_ipos as Float64Array, 3, 1),
        inertia: fromPrincipal(at(model.body_inertia as Float64Array, 3, 1), [w, x, y, z]),
      },
    };
  } finally {
    model.delete();
  }
}

/** A robot as urdf-loader reads it, with the paths of the meshes that it asked for. */
export async function loadUrdf(
  text: string,
  folder: string,
): Promise<URDFRobot & { readonly meshes: readonly string[] }> {
  const parsed = new DOMParser().parseFromString(text, 'text/xml');
  Object.assign(globalThis, { Document: parsed.constructor, Element: parsed.documentElement.constructor });
  const loader = new URDFLoader();
  loader.parseCollision = true;
  loader.workingPath = `${folder}/`;
  const meshes: string[] = [];
  loader.loadMeshCb = (path) => void meshes.push(path);
  return Object.assign(loader.parse(parsed as unknown as Document), { meshes });
}

export function geometryVolume(geometry: BufferGeometry): number {
  return solidOfTriangles(corners(geometry), 1).mass;
}

async function stlCorners(path: string): Promise<ArrayLike<number>> {
  return corners(new STLLoader().parse(new Uint8Array(await readFile(path)).buffer));
}

function corners(geometry: BufferGeometry): ArrayLike<number> {
  return (geometry.index ? geometry.toNonIndexed() : geometry).getAttribute('position').array;
}

function hullCorners(points: readonly (readonly number[])[]): number[] {
  const hull = new ConvexGeometry(points.map(([x, y, z]) => new Vector3(x, y, z)));
  return Array.from(hull.getAttribute('position').array);
}
