import { z } from 'zod';

/** Pinhole camera of a depth image, as in camera.json (README, "Depth images"). Pixels; metres. */
export const cameraSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  fx: z.number().positive(),
  fy: z.number().positive(),
  cx: z.number(),
  cy: z.number(),
  /** Metres per stored depth unit, e.g. 0.001 for millimetres in a 16-bit PNG. */
  depthScale: z.number().positive(),
  /**
   * 4x4 row-major camera-to-world; camera looks along +z, x right, y down. When absent the world is the camera turned
   * upright: its origin at the camera, x right, up along upAxis, the view level.
   */
  cameraToWorld: z.array(z.number()).length(16).optional(),
  /** Depths beyond are no observation. */
  maximumDepth: z.number().positive().optional(),
  upAxis: z.enum(['y', 'z']).optional(),
});
export type Camera = z.infer<typeof cameraSchema>;
