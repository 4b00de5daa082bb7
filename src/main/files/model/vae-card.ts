import { z } from 'zod';
import type { VaeCard } from '../../../shared/contract/explain';
import { vaeNetworkSchema, vaeTrainingSchema } from '../../../shared/recipes/vae';

const count = z.int().min(0);
const perLatent = z.array(z.number()).max(512);

/** What a VAE's file says about it; a card from elsewhere is not trusted. */
export const vaeCardSchema: z.ZodType<VaeCard> = z
  .object({
    title: z.string().max(200),
    network: vaeNetworkSchema,
    training: vaeTrainingSchema,
    data: z.string().max(4000),
    stepsDone: count,
    samplesSeen: count,
    parameters: count,
    layers: z
      .array(
        z.object({
          name: z.string().min(1).max(60),
          height: z.int().min(1),
          width: z.int().min(1),
          channels: z.int().min(1),
        }),
      )
      .max(100),
    curve: z.array(z.tuple([z.number(), z.number()])).max(100_000),
    normal: z.object({ mean: perLatent, variance: perLatent, divergence: perLatent }),
    test: z.object({ pictures: count, reconstruction: z.number(), divergence: z.number() }).nullable(),
  })
  .refine(
    ({ network, normal }) =>
      [normal.mean, normal.variance, normal.divergence].every(({ length }) => length === network.latent),
    { path: ['normal'], error: 'it needs one number per latent' },
  );
