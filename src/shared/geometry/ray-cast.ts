import { BufferAttribute, BufferGeometry, DoubleSide, Ray, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import type { TriangleMesh, Vec3 } from './types';

/** The first triangle that a ray meets. */
export interface RayHit {
  /** In units of the direction's length. */
  readonly distance: number;
  /** Triangle index in the mesh's own order. */
  readonly triangle: number;
}

/** The first hit of a ray from `origin` along `direction` (any length but 0), on either side of a triangle, or null. */
export type RayCaster = (origin: Vec3, direction: Vec3) => RayHit | null;

/** Prepares a mesh for many rays. */
export function createRayCaster(mesh: TriangleMesh): RayCaster {
  if (mesh.indices.length === 0) return () => null;
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3));
  geometry.setIndex(new BufferAttribute(mesh.indices, 1));
  const bvh = new MeshBVH(geometry, { indirect: true });
  const ray = new Ray(new Vector3(), new Vector3());
  return (origin, direction) => {
    const length = Math.hypot(direction[0], direction[1], direction[2]);
    ray.origin.set(origin[0], origin[1], origin[2]);
    ray.direction.set(direction[0] / length, direction[1] / length, direction[2] / length);
    const hit = bvh.raycastFirst(ray, DoubleSide);
    if (hit === null || hit.faceIndex === null || hit.faceIndex === undefined) return null;
    return { distance: hit.distance / length, triangle: hit.faceIndex };
  };
}
