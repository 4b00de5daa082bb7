import type { FormatReadAs } from '../../src/shared/formats/index';
import type { Vec3 } from '../../src/shared/geometry/types';
import { chair } from './chair';
import { gear } from './gear';
import { lamp } from './lamp';
import type { Model } from './modelling';
import { mug } from './mug';
import { rocket } from './rocket';
import { wrench } from './wrench';

export type MeshFormat = Exclude<FormatReadAs<'mesh'>, 'gltf'>;

/** A shape that ships with the product, once as a mesh and perhaps once as a depth camera sees it. */
export interface Sample {
  readonly name: string;
  readonly title: string;
  readonly model: Model;
  readonly format: MeshFormat;
  /** Where a depth camera stands, metres, Y up, and where it looks. */
  readonly view?: {
    readonly eye: Vec3;
    readonly target: Vec3;
    readonly seed: number;
  };
}

/** In the order of the list on the first window. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'mug',
    title: 'Mug',
    model: mug,
    format: 'glb',
    view: { eye: [0.11, 0.24, 0.26], target: [0.012, 0.043, 0], seed: 2 },
  },
  {
    name: 'chair',
    title: 'Chair',
    model: chair,
    format: 'glb',
    view: { eye: [0.88, 1.42, 1.36], target: [0.02, 0.42, -0.02], seed: 1 },
  },
  {
    name: 'lamp',
    title: 'Desk lamp',
    model: lamp,
    format: 'obj',
    view: { eye: [0.36, 0.5, 0.62], target: [0.05, 0.2, 0], seed: 3 },
  },
  {
    name: 'gear',
    title: 'Gear',
    model: gear,
    format: 'stl',
    view: { eye: [0.12, 0.3, 0.26], target: [0, 0.015, 0], seed: 4 },
  },
  { name: 'wrench', title: 'Wrench', model: wrench, format: 'ply' },
  { name: 'rocket', title: 'Rocket', model: rocket, format: 'glb' },
];

/**
 * The chair as a shape of parts, first in the list. A fit takes a minute and may change its last digits with the
 * machine, so it is kept as it is and made anew by hand:
 * `halfspace fit resources/samples/chair.glb --parts 32 --seed 2 -o resources/samples/chair.halfspace`
 */
export const FITTED = {
  name: 'chair-fitted',
  title: 'Chair, fitted',
  kind: 'project',
  file: 'chair.halfspace',
} as const;
