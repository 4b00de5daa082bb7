import type { Camera } from '../geometry/camera';
import type { OccupancySamples } from '../geometry/occupancy';
import type { TriangleMesh } from '../geometry/types';
import type { Result } from '../result';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** A picture of a shape. */
export interface ColourImage {
  readonly width: number;
  readonly height: number;
  /** [height * width * 4] sRGB and coverage, not premultiplied. */
  readonly rgba: Uint8Array;
}

/** A depth picture of a shape. */
export interface DepthImage {
  readonly width: number;
  readonly height: number;
  /** [height * width] along the camera's z, in learning units; 0 where nothing was measured. */
  readonly depth: Float32Array;
}

/** What one camera saw. What a data set does not have is null. */
export interface ShapeView {
  readonly colour: ColourImage | null;
  readonly depth: DepthImage | null;
  readonly camera: Camera | null;
}

/** Who a shape is: stable within its data set, unique, fit for a file name. */
export interface ShapeId {
  readonly id: string;
  readonly family: string;
}

/** A shape with everything that a network learns from, in learning space. */
export interface DatasetShape extends ShapeId {
  readonly samples: OccupancySamples;
  readonly views: readonly ShapeView[];
}

/** Shapes on a disk, read one at a time so that memory stays bounded. */
export interface ShapeDataset {
  /** What a person calls it. */
  readonly name: string;
  readonly families: readonly string[];
  shapes(split: Split): readonly ShapeId[];
  read(id: string): Promise<Result<DatasetShape>>;
  /** The shape's surface in learning space; null where the data set has none. */
  surface(id: string): Promise<Result<TriangleMesh | null>>;
}
