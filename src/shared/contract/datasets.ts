import { z } from 'zod';
import { meshesOptionsSchema, type MadeDataset } from '../dataset/made';
import type { DataReport } from '../dataset/report';
import { NETWORK_KINDS } from '../networks';
import { builtinPicturesSchema } from '../recipes/vae';
import { tokenSchema } from './token';

/** Files or folders, learned from together, or pictures that ship. */
export const trainingDataSchema = z.union([
  z.array(tokenSchema).min(1).max(64),
  z.strictObject({ builtin: builtinPicturesSchema }),
]);

/** The jobs about what is learned from, by kind. */
export const datasetJobSchemas = [
  z.object({
    kind: z.literal('inspect-data'),
    /** The kind of network that is to learn from it. */
    network: z.enum(NETWORK_KINDS),
    data: trainingDataSchema,
  }),
  z.object({
    kind: z.literal('make-dataset'),
    /** A folder of meshes; folders within it are categories. */
    meshes: tokenSchema,
    /** A new or an empty folder. */
    destination: tokenSchema,
    options: meshesOptionsSchema,
  }),
] as const;

export interface DatasetResults {
  'inspect-data': DataReport;
  'make-dataset': MadeDataset;
}
