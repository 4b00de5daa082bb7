import { z } from 'zod';
import type { ModelCard } from '../../../shared/contract/learning';
import { networkConfigSchema } from '../../../shared/recipes/network';
import { cvxNetTrainingSchema } from '../../../shared/recipes/training';
import { MAXIMUM_LIBRARY } from './types';

const count = z.int().min(0);
const scores = z.object({
  iou: z.number(),
  chamferL2: z.number().nullable(),
  chamferL1: z.number().nullable(),
  fScore: z.number().nullable(),
});

/** What a model file says about its model; a card from elsewhere is not trusted. */
export const modelCardSchema: z.ZodType<ModelCard> = z.object({
  title: z.string().max(200),
  network: networkConfigSchema,
  training: cvxNetTrainingSchema,
  data: z.string().max(4000),
  stepsDone: count,
  samplesSeen: count,
  parameters: count,
  curve: z.array(z.tuple([z.number(), z.number()])).max(100_000),
  test: z
    .object({ shapes: count, macro: scores, micro: scores, families: z.record(z.string().max(100), scores) })
    .nullable(),
});

const name = z.string().min(1).max(200);

export const libraryNamesSchema = z.object({
  ids: z.array(name).max(MAXIMUM_LIBRARY),
  families: z.array(name).max(MAXIMUM_LIBRARY),
});
