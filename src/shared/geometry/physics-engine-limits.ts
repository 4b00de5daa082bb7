/** The physics engines whose limits on convex colliders are known. */
export type PhysicsEngine =
  | 'physx-gpu'
  | 'physx-cpu'
  | 'unity'
  | 'unreal'
  | 'mujoco'
  | 'mjx'
  | 'rapier'
  | 'godot';

export interface Limit {
  readonly value: number;
  /** 'error': the engine refuses or alters the part beyond it. 'warning': it is advice or a default. */
  readonly severity: 'error' | 'warning';
  /** Where the number comes from. */
  readonly source: string;
}

/** What one engine takes as convex colliders; a limit that is left out does not exist or is not known. */
export interface PhysicsEngineLimits {
  readonly title: string;
  /** Per part, the tightest first. */
  readonly mostVertices?: readonly Limit[];
  readonly mostFaces?: Limit;
  readonly mostFacesPerVertex?: Limit;
  /** Radius of the inscribed sphere divided by the longest side of the bounding box. */
  readonly leastSphereShare?: Limit;
  /** Metres, across the part's faces. */
  readonly leastThickness?: Limit;
  readonly mostParts?: Limit;
}

const PHYSX_GPU = 'PhysX guide, GPU rigid bodies: hulls beyond it fall back to the CPU';
const PHYSX_CPU = 'PhysX guide, convex meshes: 255 vertices and polygons (elsewhere given as 256)';
const USD_PHYSX = 'PhysX schema for USD, default of convex hull and decomposition';

export const PHYSICS_ENGINE_LIMITS: Readonly<Record<PhysicsEngine, PhysicsEngineLimits>> = {
  'physx-gpu': {
    title: 'PhysX on the GPU (Isaac)',
    mostVertices: [{ value: 64, severity: 'error', source: PHYSX_GPU }],
    mostFaces: { value: 64, severity: 'error', source: PHYSX_GPU },
    mostFacesPerVertex: { value: 32, severity: 'error', source: PHYSX_GPU },
    leastSphereShare: { value: 0.01, severity: 'error', source: PHYSX_GPU },
    leastThickness: { value: 0.001, severity: 'warning', source: USD_PHYSX },
    mostParts: { value: 32, severity: 'warning', source: USD_PHYSX },
  },
  'physx-cpu': {
    title: 'PhysX on the CPU',
    mostVertices: [{ value: 255, severity: 'error', source: PHYSX_CPU }],
    mostFaces: { value: 255, severity: 'error', source: PHYSX_CPU },
    leastThickness: { value: 0.001, severity: 'warning', source: USD_PHYSX },
  },
  unity: {
    title: 'Unity',
    mostVertices: [{ value: 255, severity: 'error', source: 'PhysX inside Unity' }],
    mostFaces: {
      value: 256,
      severity: 'error',
      source: 'Unity manual, convex MeshCollider: beyond it a partial hull is used',
    },
  },
  unreal: {
    title: 'Unreal',
    mostVertices: [
      { value: 32, severity: 'warning', source: 'Unreal, convex decomposition: 8 to 32 vertices advised' },
    ],
    mostParts: {
      value: 100,
      severity: 'warning',
      source: 'Unreal, convex decomposition: the slider ends at 100',
    },
  },
  mujoco: { title: 'MuJoCo' },
  mjx: {
    title: 'MuJoCo MJX',
    mostVertices: [
      { value: 32, severity: 'warning', source: 'MJX documentation: at most 32 for convex against convex' },
      { value: 64, severity: 'error', source: 'MJX documentation: at most 64 in general' },
    ],
  },
  rapier: {
    title: 'Rapier',
    mostParts: {
      value: 1024,
      severity: 'warning',
      source: 'Parry, V-HACD: default of the most convex hulls',
    },
  },
  godot: {
    title: 'Godot',
    mostVertices: [
      { value: 32, severity: 'warning', source: 'Godot, MeshConvexDecompositionSettings: default per hull' },
    ],
  },
};
