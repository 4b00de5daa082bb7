import { z } from 'zod';
import type { Split } from './types';

/** What a data set of shapes that is made here may hold of each. */
export const shapesSizes = {
  count: z.int().min(1).max(1_000_000),
  views: z.int().min(1).max(64),
  /** Pixels of a picture's side. */
  imageSize: z.int().min(8).max(1024),
  /** Points of each of the two sets. */
  pointsPerSet: z.int().min(1).max(1_000_000),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
};

/** What a person decides of every data set of shapes, with what is taken where nothing is said. */
export const shapesDefaults = {
  views: shapesSizes.views.default(6),
  imageSize: shapesSizes.imageSize.default(80),
  pointsPerSet: shapesSizes.pointsPerSet.default(16_384),
  seed: shapesSizes.seed.default(1),
};

/** Everything that, with the meshes, decides a data set that is made of them. */
export const meshesOptionsSchema = z.strictObject({
  ...shapesDefaults,
  /** The axis that points up in the files; each format's own where nobody says it. */
  upAxis: z.enum(['y', 'z']).optional(),
});
export type MeshesOptions = Readonly<z.infer<typeof meshesOptionsSchema>>;

/** A mesh that a data set went without. */
export interface SkippedMesh {
  /** Its place in the folder. */
  readonly file: string;
  readonly reason: string;
}

/** A data set that was made of meshes. */
export interface MadeDataset {
  readonly shapes: number;
  readonly families: readonly string[];
  readonly counts: Readonly<Record<Split, number>>;
  readonly skipped: readonly SkippedMesh[];
}

/** "34 shapes in 3 categories: 28 to learn from, 3 to validate, 3 to test; 2 meshes were left out" */
export function madeWords({ shapes, families, counts, skipped }: MadeDataset): string {
  const inAll = families.length === 1 ? 'one category' : `${families.length} categories`;
  const all = `${shapes} shapes in ${inAll}: ${counts.train} to learn from, ${counts.validation} to validate, ${counts.test} to test`;
  if (skipped.length === 0) return all;
  return `${all}; ${skipped.length === 1 ? 'one mesh was' : `${skipped.length} meshes were`} left out`;
}

/** What each mesh was left out for, a line each. */
export function skippedWords({ skipped }: Pick<MadeDataset, 'skipped'>): readonly string[] {
  // A reason begins with the file's own name; folders are said before it.
  return skipped.map(({ file, reason }) => (file.includes('/') ? `${file}: ${reason}` : reason));
}
