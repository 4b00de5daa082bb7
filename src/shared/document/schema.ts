import { z } from 'zod';
import type { ConvexPart } from '../shape/types';

/** Bounds that hold for every document, whoever made it. */
export const LIMITS = { parts: 512, planesPerPart: 256, nameLength: 200, journal: 10_000 } as const;

export const finite = z.number().refine(Number.isFinite, 'must be a finite number');
export const vec3Schema = z.tuple([finite, finite, finite]).readonly();

export const planeSchema = z
  .object({ normal: vec3Schema, offset: finite, locked: z.boolean() })
  .refine((plane) => Math.abs(Math.hypot(...plane.normal) - 1) < 1e-6, 'the normal must have unit length')
  .readonly();

export const partSchema: z.ZodType<ConvexPart> = z
  .object({
    id: z.string().min(1).max(LIMITS.nameLength),
    name: z.string().max(LIMITS.nameLength),
    index: z.int().nonnegative(),
    translation: vec3Schema,
    planes: z.array(planeSchema).min(1).max(LIMITS.planesPerPart).readonly(),
    smoothness: finite.positive(),
    visible: z.boolean(),
    locked: z.boolean(),
  })
  .readonly();

export const shapeSchema = z
  .object({ parts: z.array(partSchema).max(LIMITS.parts).readonly(), sharpness: finite.positive() })
  .readonly();

const upAxisSchema = z.enum(['y', 'z']);

export const frameSchema = z
  .object({ origin: vec3Schema, metresPerUnit: finite.positive(), upAxis: upAxisSchema })
  .readonly();

export const sourceSettingsSchema = z
  .object({
    completion: z.enum(['none', 'mirror', 'ground']).optional(),
    metresPerFileUnit: finite.positive().optional(),
    upAxis: upAxisSchema.optional(),
  })
  .readonly();

export const sourceReferenceSchema = z
  .object({
    name: z.string().max(1000),
    /** 'image': a picture, colour or depth, that a network reconstructed the shape from. */
    kind: z.enum(['mesh', 'points', 'depth', 'image']),
    /** Hex SHA-256 of the file's bytes. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    byteLength: z.int().nonnegative(),
    /** What a person said about the file when it was opened; needed to open it again the same way. */
    settings: sourceSettingsSchema.optional(),
  })
  .readonly();

export const recipeSchema = z
  .object({
    method: z.enum(['fit', 'reconstruct']),
    seed: z.int(),
    options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).readonly(),
    /** Hex SHA-256 of the model's weights; null for a direct fit. */
    modelHash: z.string().nullable(),
    backend: z.string(),
    createdAt: z.string(),
  })
  .readonly();

export const editRecordSchema = z
  .object({ command: z.string(), title: z.string(), at: z.string() })
  .readonly();
