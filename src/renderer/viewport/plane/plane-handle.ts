import {
  ConeGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshBasicMaterial,
  type Ray,
  SphereGeometry,
  Vector3,
} from 'three';
import type { Vec3 } from '../../../shared/geometry/types';

/** The arrow along the selected plane's normal. Its size on screen is constant. */
export interface PlaneHandle {
  readonly group: Group;
  /** Stands the arrow on a point along a normal, both in the parent's space; null hides it. */
  place(at: Vec3 | null, normal: Vec3): void;
  /** Length in the parent's units for the wished length on screen. */
  resize(unitsPerPixel: number): void;
  setColour(accent: string, core: string, active: boolean): void;
  /** Whether a ray in the parent's space passes within reach of the arrow. */
  hit(ray: Ray): boolean;
  /** The arrow's tip in the parent's space. */
  tip(): Vector3;
  dispose(): void;
}

/** Pixels: length of the arrow and how near the pointer must come. */
const LENGTH = 62;
const REACH = 10;

export function createPlaneHandle(): PlaneHandle {
  const group = new Group();
  group.visible = false;
  const core = new MeshBasicMaterial({ depthTest: false, transparent: true });
  const rim = new MeshBasicMaterial({ depthTest: false, transparent: true });
  const add = (
    geometry: CylinderGeometry | ConeGeometry | SphereGeometry,
    material: MeshBasicMaterial,
    height: number,
    order: number,
  ): void => {
    const mesh = new Mesh(geometry, material);
    mesh.position.y = height;
    mesh.renderOrder = order;
    group.add(mesh);
  };
  // Unit height along +y; drawn over everything, the accent's rim first.
  add(new CylinderGeometry(0.05, 0.05, 0.78, 12), rim, 0.39, 20);
  add(new ConeGeometry(0.155, 0.38, 24), rim, 0.86, 20);
  add(new SphereGeometry(0.1, 20, 12), rim, 0, 20);
  add(new CylinderGeometry(0.02, 0.02, 0.74, 12), core, 0.37, 21);
  add(new ConeGeometry(0.105, 0.27, 24), core, 0.86, 21);
  add(new SphereGeometry(0.065, 20, 12), core, 0, 21);
  const up = new Vector3(0, 1, 0);
  const direction = new Vector3(0, 1, 0);
  const end = new Vector3();
  let pixel = 0.001;

  return {
    group,
    place(at, normal) {
      group.visible = at !== null;
      if (!at) return;
      group.position.set(...at);
      direction.set(...normal);
      group.quaternion.setFromUnitVectors(up, direction);
    },
    resize(unitsPerPixel) {
      pixel = unitsPerPixel;
      group.scale.setScalar(LENGTH * pixel);
    },
    setColour(accentColour, coreColour, active) {
      rim.color.set(active ? coreColour : accentColour);
      core.color.set(active ? accentColour : coreColour);
    },
    hit(ray) {
      if (!group.visible) return false;
      end.copy(group.position).addScaledVector(direction, LENGTH * pixel);
      return ray.distanceSqToSegment(group.position, end) <= (REACH * pixel) ** 2;
    },
    tip: () => group.position.clone().addScaledVector(direction, LENGTH * pixel * 1.12),
    dispose() {
      for (const child of group.children) (child as Mesh).geometry.dispose();
      core.dispose();
      rim.dispose();
    },
  };
}
