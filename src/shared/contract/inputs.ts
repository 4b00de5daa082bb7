import { z } from 'zod';
import { tokenSchema } from './token';

/** RGBA, row by row, 8 bits. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** A model by the name it ships under, or a model file that a person chose. */
export const modelSchema = z.union([
  z.strictObject({ name: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  z.strictObject({ token: tokenSchema }),
]);
export type ModelChoice = z.infer<typeof modelSchema>;

/** What a network takes. */
export type ModelInput = 'depth' | 'rgb';

/** A picture to reconstruct from. */
export const imageRequestSchema = z.strictObject({
  token: tokenSchema,
  /** Token of the camera file; when absent, `<name>.camera.json` or `camera.json` beside the image is used. */
  cameraToken: tokenSchema.optional(),
  /** What a person drew around the object, pixels of the upright picture. */
  box: z
    .strictObject({
      x: z.number(),
      y: z.number(),
      width: z.number().positive(),
      height: z.number().positive(),
    })
    .optional(),
});
export type ImageRequest = z.infer<typeof imageRequestSchema>;
