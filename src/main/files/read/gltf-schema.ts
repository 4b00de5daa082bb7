import { z } from 'zod';

const index = z.int().nonnegative();
const count = z.int().nonnegative();
const numbers = (length: number) => z.array(z.number().refine(Number.isFinite)).length(length);

/** The part of glTF 2.0 that describes geometry; everything else is dropped on parsing. */
export const gltfSchema = z.object({
  asset: z.object({ version: z.string().regex(/^2\./, 'glTF 2.x is read') }),
  scene: index.optional(),
  scenes: z.array(z.object({ nodes: z.array(index).optional() })).optional(),
  nodes: z
    .array(
      z.object({
        mesh: index.optional(),
        skin: index.optional(),
        children: z.array(index).optional(),
        matrix: numbers(16).optional(),
        translation: numbers(3).optional(),
        rotation: numbers(4).optional(),
        scale: numbers(3).optional(),
      }),
    )
    .optional(),
  meshes: z
    .array(
      z.object({
        primitives: z.array(
          z.object({
            attributes: z.object({ POSITION: index.optional() }),
            indices: index.optional(),
            mode: z.int().min(0).max(6).optional(),
            extensions: z.record(z.string(), z.unknown()).optional(),
          }),
        ),
      }),
    )
    .optional(),
  accessors: z
    .array(
      z.object({
        bufferView: index.optional(),
        byteOffset: count.optional(),
        componentType: z.union([5120, 5121, 5122, 5123, 5125, 5126].map((type) => z.literal(type))),
        normalized: z.boolean().optional(),
        count,
        type: z.enum(['SCALAR', 'VEC2', 'VEC3', 'VEC4', 'MAT2', 'MAT3', 'MAT4']),
        sparse: z
          .object({
            count,
            indices: z.object({
              bufferView: index,
              byteOffset: count.optional(),
              componentType: z.union([5121, 5123, 5125].map((type) => z.literal(type))),
            }),
            values: z.object({ bufferView: index, byteOffset: count.optional() }),
          })
          .optional(),
      }),
    )
    .optional(),
  bufferViews: z
    .array(
      z.object({
        buffer: index,
        byteOffset: count.optional(),
        byteLength: count,
        byteStride: count.optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  buffers: z.array(z.object({ uri: z.string().optional(), byteLength: count })).optional(),
  extensionsRequired: z.array(z.string()).optional(),
});

export type GltfJson = z.infer<typeof gltfSchema>;
export type GltfAccessor = NonNullable<GltfJson['accessors']>[number];
export type GltfPrimitive = NonNullable<GltfJson['meshes']>[number]['primitives'][number];

export const COMPONENT_BYTES: Readonly<Record<number, number>> = {
  5120: 1,
  5121: 1,
  5122: 2,
  5123: 2,
  5125: 4,
  5126: 4,
};

export const TYPE_COMPONENTS: Readonly<Record<GltfAccessor['type'], number>> = {
  SCALAR: 1,
  VEC2: 2,
  VEC3: 3,
  VEC4: 4,
  MAT2: 4,
  MAT3: 9,
  MAT4: 16,
};
