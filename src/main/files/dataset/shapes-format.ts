import { z } from 'zod';
import { shapesDefaults, shapesSizes } from '../../../shared/dataset/made';
import { FAMILIES } from '../../synthetic/shapes/families';

/** Everything that decides a data set of procedural shapes. */
export interface ShapesOptions {
  readonly count: number;
  readonly views: number;
  /** Pixels of a picture's side. */
  readonly imageSize: number;
  /** Points of each of the two sets. */
  readonly pointsPerSet: number;
  readonly seed: number;
  readonly families: readonly string[];
}

const familyNames = FAMILIES.map(({ name }) => name);

export const shapesOptionsSchema = z.object({
  count: shapesSizes.count.default(3000),
  ...shapesDefaults,
  families: z
    .array(z.enum(familyNames))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'a family stands there twice')
    .default(familyNames),
});

export const FORMAT = 'halfspace-shapes';
export const VERSION = 1;

/** The content of dataset.json, which is written when every shape is there. */
export const datasetFileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  ...shapesSizes,
  families: z.array(z.string().regex(/^[a-z0-9-]{1,64}$/)).min(1),
  halfSize: z.number().positive(),
  nearBand: z.number().positive(),
  splitShares: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  /** Name of the folder of meshes that it was made of; absent where the shapes are procedural. */
  meshes: z.string().min(1).optional(),
});
export type DatasetFile = z.infer<typeof datasetFileSchema>;

/** The content of a shape's shape.json. */
export const shapeFileSchema = z.object({
  family: z.string(),
  seed: z.number(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  parts: z.array(z.string()).min(1).max(255),
  volume: z.number().positive(),
});
export type ShapeFile = z.infer<typeof shapeFileSchema>;

export const DATASET_FILE = 'dataset.json';
/** Stands in for dataset.json until every shape is written. */
export const UNFINISHED_FILE = 'unfinished.json';
export const SHAPE_FILES = {
  samples: 'samples.npz',
  views: 'views.npz',
  mesh: 'mesh.ply',
  shape: 'shape.json',
} as const;
/** fx, fy, cx, cy, then the camera-to-world matrix by rows. */
export const CAMERA_NUMBERS = 20;
/** Depth is stored in thousandths of a learning unit. */
export const DEPTH_SCALE = 0.001;
