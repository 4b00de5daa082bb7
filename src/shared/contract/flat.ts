import { z } from 'zod';
import { LONGEST_MASK_SIDE } from '../flat/mask';
import type { FlatFrame, FlatMask, FlatShape } from '../flat/types';
import { tokenSchema } from './token';

const maskSchema = z
  .strictObject({
    width: z.int().min(1).max(LONGEST_MASK_SIDE),
    height: z.int().min(1).max(LONGEST_MASK_SIDE),
    inside: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  })
  .refine(({ width, height, inside }) => inside.length === width * height);

export const flatOptionsSchema = z.object({
  parts: z.int().min(1).max(32).default(6),
  /** Lines per part. */
  planes: z.int().min(3).max(32).default(8),
  /** Upper bound of optimisation steps; a fit stops earlier when it no longer improves. */
  steps: z.int().min(1).max(20_000).default(1500),
  /** Smoothness delta that the fit ends with. */
  smoothness: z.number().min(20).max(2000).default(600),
  /** Sharpness sigma that the fit ends with. */
  sharpness: z.number().min(10).max(1000).default(300),
  seed: z.int().min(0).default(1),
});
export type FlatOptions = z.infer<typeof flatOptionsSchema>;

/** The jobs of the plane, by kind. */
export const flatJobSchemas = [
  z.object({
    kind: z.literal('open-mask'),
    token: tokenSchema,
    /** Opacity or brightness from which on a pixel counts. */
    threshold: z.number().min(0).max(1).default(0.5),
    /** Takes the other side of the picture. */
    invert: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('fit-flat'), mask: maskSchema, options: flatOptionsSchema }),
] as const;

export interface OpenedMask {
  readonly name: string;
  /** At most LONGEST_MASK_SIDE pixels wide or high. */
  readonly mask: FlatMask;
  /** What told the shape apart: opacity, or which tone. */
  readonly from: 'alpha' | 'light' | 'dark';
  readonly notes: readonly string[];
}

export interface FlatFigures {
  /** IoU of the exact polygons' union with the mask, over its pixels. */
  readonly iou: number;
  /** IoU of the smooth field (indicator >= 0.5) with the mask, over its pixels. */
  readonly smoothIou: number;
  readonly partCount: number;
  /** Edges of all polygons: lines that are on no edge do not count. */
  readonly edges: number;
}

export interface FlatResult {
  readonly shape: FlatShape;
  readonly frame: FlatFrame;
  readonly figures: FlatFigures;
  readonly steps: number;
  readonly stopped: 'converged' | 'step limit';
}

/** What a running flat fit shows. */
export interface FlatPreview {
  readonly shape: FlatShape;
  readonly frame: FlatFrame;
}

export interface FlatResults {
  'open-mask': OpenedMask;
  'fit-flat': FlatResult;
}
